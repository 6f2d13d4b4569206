// JSON to the Lua stack: simdjson parses, on any thread, and Lua tables are built in one protected call.
// No object with a destructor is alive where Lua may jump.
#include <simdjson.h>

#include <new>

#include "bridge.h"

namespace dom = simdjson::dom;

struct luath_json {
  dom::parser parser;
  dom::element root;
};

namespace {

const char *reason(simdjson::error_code code) {
  switch (code) {
    case simdjson::NUMBER_ERROR:
      return "a number does not fit 64 bits, or is not a number";
    case simdjson::DEPTH_ERROR:
      return "nested deeper than 1,024 levels";
    case simdjson::UTF8_ERROR:
      return "a string is not valid UTF-8";
    case simdjson::EMPTY:
      return "the text is empty";
    case simdjson::CAPACITY:
    case simdjson::MEMALLOC:
      return "too large for memory";
    default:
      return simdjson::error_message(code);
  }
}

// Pushes one value. May raise; holds nothing that needs destroying.
void push(lua_State *L, dom::element value) {
  switch (value.type()) {
    case dom::element_type::ARRAY: {
      dom::array array = value.get_array().value_unsafe();
      luaL_checkstack(L, 4, "JSON");
      lua_createtable(L, (int)array.size(), 0);
      lua_rawgetp(L, LUA_REGISTRYINDEX, &luath_key_array);
      lua_setmetatable(L, -2);
      lua_Integer position = 0;
      for (dom::element item : array) {
        push(L, item);
        lua_rawseti(L, -2, ++position);
      }
      break;
    }
    case dom::element_type::OBJECT: {
      dom::object object = value.get_object().value_unsafe();
      luaL_checkstack(L, 4, "JSON");
      lua_createtable(L, 0, (int)object.size());
      for (dom::key_value_pair field : object) {
        lua_pushlstring(L, field.key.data(), field.key.size());
        push(L, field.value);
        lua_rawset(L, -3);
      }
      break;
    }
    case dom::element_type::STRING: {
      std::string_view text = value.get_string().value_unsafe();
      lua_pushlstring(L, text.data(), text.size());
      break;
    }
    case dom::element_type::INT64:
      lua_pushinteger(L, value.get_int64().value_unsafe());
      break;
    case dom::element_type::UINT64:
      luaL_error(L, "a number does not fit a signed 64-bit integer");
      break;
    case dom::element_type::DOUBLE:
      lua_pushnumber(L, value.get_double().value_unsafe());
      break;
    case dom::element_type::BOOL:
      lua_pushboolean(L, value.get_bool().value_unsafe());
      break;
    case dom::element_type::NULL_VALUE:
      lua_pushlightuserdata(L, nullptr);
      break;
  }
}

int push_protected(lua_State *L) {
  push(L, ((const luath_json *)lua_touserdata(L, 1))->root);
  return 1;
}

}  // namespace

extern "C" {

luath_json *luath_json_parse(const uint8_t *bytes, size_t length, const char **error) {
  luath_json *document = new (std::nothrow) luath_json;
  if (document == nullptr) {
    *error = "too large for memory";
    return nullptr;
  }
  simdjson::error_code code = document->parser.parse(bytes, length, true).get(document->root);
  if (code == simdjson::SUCCESS) return document;
  *error = reason(code);
  delete document;
  return nullptr;
}

void luath_json_free(luath_json *document) { delete document; }

bool luath_push_json(lua_State *L, const luath_json *document) {
  if (!lua_checkstack(L, 3)) {
    lua_pushnil(L);
    return false;
  }
  lua_pushcfunction(L, push_protected);
  lua_pushlightuserdata(L, (void *)document);
  return lua_pcall(L, 1, 1, 0) == LUA_OK;
}

void luath_json_push(lua_State *L, const luath_json *document) { push(L, document->root); }
}
