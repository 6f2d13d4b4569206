// Lua values to JSON. Raises nothing: an error is text that names the field. The buffers belong to the host record.
#include <simdjson.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <string>
#include <vector>

#include "bridge.h"

namespace {

constexpr int max_depth = 200;
// Tables that hold each other many times over would otherwise grow without end: 40 such levels are 2^40 values.
constexpr size_t max_bytes = 64 << 20;

struct member {
  size_t start, end, key_length;
};

struct encoder {
  std::string out, spare, error;
  std::vector<luath_path_part> path;
  std::vector<member> members;
  lua_State *L;
  void *context;
  luath_is_array_at is_array_at;
  int indent;

  std::string place() const {
    std::string text;
    for (const luath_path_part &part : path) {
      if (part.key == nullptr) {
        text += "[" + std::to_string(part.position) + "]";
      } else {
        if (!text.empty()) text += ".";
        text.append(part.key, part.length);
      }
    }
    return text.empty() ? "the value" : "field '" + text + "'";
  }

  bool fail(const std::string &why) {
    if (error.empty()) error = place() + ": " + why;
    return false;
  }

  void line(size_t depth) {
    if (indent <= 0) return;
    out += '\n';
    out.append(depth * (size_t)indent, ' ');
  }

  bool string(const char *bytes, size_t length) {
    if (!simdjson::validate_utf8(bytes, length)) return fail("the string is not valid UTF-8");
    out += '"';
    size_t plain = 0;
    for (size_t i = 0; i < length; i++) {
      unsigned char c = (unsigned char)bytes[i];
      if (c >= 0x20 && c != '"' && c != '\\') continue;
      out.append(bytes + plain, i - plain);
      plain = i + 1;
      switch (c) {
        case '"': out += "\\\""; break;
        case '\\': out += "\\\\"; break;
        case '\n': out += "\\n"; break;
        case '\r': out += "\\r"; break;
        case '\t': out += "\\t"; break;
        case '\b': out += "\\b"; break;
        case '\f': out += "\\f"; break;
        default: {
          const char *digits = "0123456789abcdef";
          out += "\\u00";
          out += digits[c >> 4];
          out += digits[c & 15];
        }
      }
    }
    out.append(bytes + plain, length - plain);
    out += '"';
    return true;
  }

  bool number(int index) {
    char text[40];
    std::to_chars_result end;
    if (lua_isinteger(L, index)) {
      end = std::to_chars(text, text + sizeof text, (long long)lua_tointegerx(L, index, nullptr));
    } else {
      double value = lua_tonumberx(L, index, nullptr);
      if (!std::isfinite(value)) return fail("JSON has no NaN and no infinity");
      if (value == std::floor(value) && std::fabs(value) <= 9007199254740992.0) {
        end = std::to_chars(text, text + sizeof text, (long long)value);
      } else {
        end = std::to_chars(text, text + sizeof text, value);
      }
    }
    out.append(text, (size_t)(end.ptr - text));
    return true;
  }

  bool marked(int index, const char *key) {
    if (!lua_getmetatable(L, index)) return false;
    lua_rawgetp(L, LUA_REGISTRYINDEX, key);
    bool same = lua_rawequal(L, -1, -2);
    lua_pop(L, 2);
    return same;
  }

  bool array(int index, lua_Integer length) {
    out += '[';
    for (lua_Integer i = 1; i <= length; i++) {
      path.push_back({nullptr, 0, i});
      if (i > 1) out += ',';
      line(path.size());
      lua_rawgeti(L, index, i);
      if (lua_isnil(L, -1)) return fail("the list has a hole (use json.null for an empty place)");
      if (!value(lua_gettop(L))) return false;
      lua_pop(L, 1);
      path.pop_back();
    }
    if (length > 0) line(path.size());
    out += ']';
    return true;
  }

  bool object(int index) {
    out += '{';
    size_t first = members.size(), body = out.size();
    lua_pushnil(L);
    while (lua_next(L, index)) {
      size_t length;
      const char *key = lua_tolstring(L, -2, &length);  // a string: checked by the caller
      path.push_back({key, length, 0});
      size_t start = out.size();
      if (!string(key, length)) return false;
      size_t key_end = out.size();
      out += indent > 0 ? ": " : ":";
      if (!value(lua_gettop(L))) return false;
      members.push_back({start, out.size(), key_end - start});
      path.pop_back();
      lua_pop(L, 1);
    }
    // Lua's order changes from run to run; sorted keys make equal tables equal bytes.
    std::sort(members.begin() + (long)first, members.end(), [this](const member &a, const member &b) {
      return std::string_view(out).substr(a.start, a.key_length) < std::string_view(out).substr(b.start, b.key_length);
    });
    spare.assign(out, body, out.size() - body);
    out.resize(body);
    for (size_t i = first; i < members.size(); i++) {
      if (i > first) out += ',';
      line(path.size() + 1);
      out.append(spare, members[i].start - body, members[i].end - members[i].start);
    }
    if (members.size() > first) line(path.size());
    members.resize(first);
    out += '}';
    return true;
  }

  bool table(int index) {
    if (path.size() >= max_depth) return fail("nested deeper than 200 levels (a table inside itself?)");
    bool is_array = marked(index, &luath_key_array), is_object = marked(index, &luath_key_object);
    lua_Integer integers = 0, largest = 0;
    size_t strings = 0;
    lua_pushnil(L);
    while (lua_next(L, index)) {
      lua_pop(L, 1);
      if (lua_isinteger(L, -1) && lua_tointegerx(L, -1, nullptr) > 0) {
        integers++;
        largest = std::max(largest, lua_tointegerx(L, -1, nullptr));
      } else if (lua_type(L, -1) == LUA_TSTRING) {
        strings++;
      } else {
        return fail(std::string("a table key is a ") + lua_typename(L, lua_type(L, -1)) +
                    (lua_isnumber(L, -1) ? " that is no list position" : ""));
      }
    }
    if (integers > 0 && strings > 0) return fail("the table mixes list positions and named keys");
    if (integers > 0) {
      if (is_object) return fail("json.object with list positions");
      if (largest != integers) return fail("the list has a hole (use json.null for an empty place)");
      return array(index, largest);
    }
    if (strings > 0) {
      if (is_array) return fail("json.array with named keys");
      return object(index);
    }
    if (!is_array && !is_object && is_array_at != nullptr) is_array = is_array_at(context, path.data(), path.size());
    out += is_array ? "[]" : "{}";
    return true;
  }

  bool value(int index) {
    if (!lua_checkstack(L, 8)) return fail("nested too deep");
    if (out.size() > max_bytes) return fail("the JSON is larger than 64 MiB");
    switch (lua_type(L, index)) {
      case LUA_TBOOLEAN:
        out += lua_toboolean(L, index) ? "true" : "false";
        return true;
      case LUA_TNUMBER:
        return number(index);
      case LUA_TSTRING: {
        size_t length;
        const char *bytes = lua_tolstring(L, index, &length);
        return string(bytes, length);
      }
      case LUA_TTABLE:
        return table(index);
      case LUA_TNIL:
        out += "null";
        return true;
      default:
        if (luath_is_null(L, index)) {
          out += "null";
          return true;
        }
        return fail(std::string("a ") + lua_typename(L, lua_type(L, index)) + " cannot be JSON");
    }
  }
};

}  // namespace

extern "C" {

luath_encoded luath_json_encode(lua_State *L, int index, int indent, void *context, luath_is_array_at is_array_at) {
  luath_host *host = luath_host_of(L);
  if (host->encoder == nullptr) host->encoder = new encoder;
  encoder &e = *(encoder *)host->encoder;
  e.out.clear();
  e.error.clear();
  e.path.clear();
  e.members.clear();
  e.L = L;
  e.context = context;
  e.is_array_at = is_array_at;
  e.indent = indent;
  int top = lua_gettop(L);
  bool worked = e.value(lua_absindex(L, index));
  lua_settop(L, top);
  return {e.out.data(), e.out.size(), worked ? nullptr : e.error.c_str()};
}

void luath_encoder_free(void *pointer) { delete (encoder *)pointer; }
}
