// The pattern functions find, match, gmatch and gsub. Those of Lua's own library cannot be stopped, and a pattern of a
// few characters keeps them busy for years: here each call has a budget of steps, and notices that the run has to end.
#define _GNU_SOURCE  // memmem
#include <string.h>

#include "matcher.h"

// MARK: find and match

static bool is_plain(const char *pattern, size_t length) {
  for (size_t i = 0; i < length; i++)
    if (luath_class_of[(byte)pattern[i]] & MAGIC) return false;
  return true;
}

// The offset that argument `index` means, which may be past the end.
static size_t offset_argument(lua_State *L, int index, size_t length) {
  lua_Integer position = luaL_optinteger(L, index, 1);
  if (position > 0) return (size_t)position - 1;
  if (position == 0 || position < -(lua_Integer)length) return 0;
  return length + (size_t)position;
}

// Finding the first character first is quickest, unless it is everywhere: memmem never takes more than linear time.
static const char *find_plain(const char *s, size_t length, const char *text, size_t text_length) {
  if (text_length == 0) return s;
  const char *end = s + length;
  for (int tries = 0; tries < 8; tries++, s++) {
    if ((size_t)(end - s) < text_length) return NULL;
    s = memchr(s, *text, (size_t)(end - s) - text_length + 1);
    if (s == NULL || memcmp(s, text, text_length) == 0) return s;
  }
  return memmem(s, (size_t)(end - s), text, text_length);
}

static int find_or_match(lua_State *L, bool is_find) {
  size_t length, pattern_length;
  const char *subject = luaL_checklstring(L, 1, &length), *pattern = luaL_checklstring(L, 2, &pattern_length);
  size_t offset = offset_argument(L, 3, length);
  if (offset > length) {
    luaL_pushfail(L);
    return 1;
  }
  const char *s = subject + offset;
  if (is_find && (lua_toboolean(L, 4) || is_plain(pattern, pattern_length))) {
    const char *found = find_plain(s, length - offset, pattern, pattern_length);
    if (found != NULL) {
      lua_pushinteger(L, found - subject + 1);
      lua_pushinteger(L, found - subject + (lua_Integer)pattern_length);
      return 2;
    }
  } else {
    luath_matcher m;
    bool is_anchored = *pattern == '^' && pattern_length > 0;
    luath_matcher_open(&m, L, subject, length, pattern + is_anchored, pattern_length - is_anchored);
    const char *end = is_anchored ? luath_match_at(&m, s) : luath_match_search(&m, &s);
    if (end != NULL) {
      if (!is_find) return luath_push_captures(&m, s, end);
      lua_pushinteger(L, s - subject + 1);
      lua_pushinteger(L, end - subject);
      return luath_push_captures(&m, NULL, NULL) + 2;
    }
  }
  luaL_pushfail(L);
  return 1;
}

static int l_find(lua_State *L) { return find_or_match(L, true); }
static int l_match(lua_State *L) { return find_or_match(L, false); }

// MARK: gmatch

typedef struct {
  luath_matcher matcher;
  size_t next;
  const char *last_end;  // of the last match, so that an empty one is not found there again
} walk;

static int next_match(lua_State *L) {
  walk *at = lua_touserdata(L, lua_upvalueindex(1));
  luath_matcher *m = &at->matcher;
  luath_matcher_start(m, L);
  size_t length = (size_t)(m->end - m->subject);
  while (at->next <= length) {
    const char *s = m->subject + at->next, *end = luath_match_search(m, &s);
    if (end == NULL) {
      at->next = length + 1;
    } else if (end == at->last_end) {
      at->next = (size_t)(s - m->subject) + 1;
    } else {
      at->last_end = end;
      at->next = (size_t)(end - m->subject);
      return luath_push_captures(m, s, end);
    }
  }
  return 0;
}

static int l_gmatch(lua_State *L) {
  size_t length, pattern_length;
  const char *subject = luaL_checklstring(L, 1, &length), *pattern = luaL_checklstring(L, 2, &pattern_length);
  size_t offset = offset_argument(L, 3, length);
  lua_settop(L, 2);
  walk *at = lua_newuserdatauv(L, sizeof *at, 0);
  luath_matcher_open(&at->matcher, L, subject, length, pattern, pattern_length);
  at->next = offset > length ? length + 1 : offset;
  at->last_end = NULL;
  lua_insert(L, 1);
  lua_pushcclosure(L, next_match, 3);  // with the texts, so that they live
  return 1;
}

// MARK: gsub

static void add_text_replacement(luath_matcher *m, luaL_Buffer *buffer, const char *s, const char *end) {
  size_t length;
  const char *text = lua_tolstring(m->L, 3, &length), *text_end = text + length;
  for (const char *escape; (escape = memchr(text, '%', (size_t)(text_end - text))) != NULL; text = escape + 2) {
    luaL_addlstring(buffer, text, (size_t)(escape - text));
    luath_spend(m, 1);
    byte c = (byte)escape[1];
    if (c == '%') {
      luaL_addchar(buffer, '%');
    } else if (c == '0') {
      luaL_addlstring(buffer, s, (size_t)(end - s));
    } else if (luath_class_of[c] & DIGIT) {
      const char *captured;
      size_t captured_length = luath_capture(m, c - '1', s, end, &captured);
      if (captured != NULL) {
        luaL_addlstring(buffer, captured, captured_length);
      } else {
        lua_pushinteger(m->L, (lua_Integer)captured_length);
        luaL_addvalue(buffer);
      }
    } else {
      luaL_error(m->L, "invalid use of '%%' in replacement string");
    }
  }
  luaL_addlstring(buffer, text, (size_t)(text_end - text));
}

// Adds what stands for the match from `s` to `end`; false when that is the match itself.
static bool add_replacement(luath_matcher *m, luaL_Buffer *buffer, const char *s, const char *end, int type) {
  lua_State *L = m->L;
  switch (type) {
    case LUA_TFUNCTION: {
      lua_pushvalue(L, 3);
      lua_call(L, luath_push_captures(m, s, end), 1);
      break;
    }
    case LUA_TTABLE:
      luath_push_capture(m, 0, s, end);
      lua_gettable(L, 3);
      break;
    default:
      add_text_replacement(m, buffer, s, end);
      return true;
  }
  luath_check(L);
  if (!lua_toboolean(L, -1)) {
    lua_pop(L, 1);
    return false;
  }
  if (!lua_isstring(L, -1)) luaL_error(L, "invalid replacement value (a %s)", luaL_typename(L, -1));
  luaL_addvalue(buffer);
  return true;
}

static int l_gsub(lua_State *L) {
  size_t length, pattern_length;
  const char *subject = luaL_checklstring(L, 1, &length), *pattern = luaL_checklstring(L, 2, &pattern_length);
  int type = lua_type(L, 3);
  lua_Integer most = luaL_optinteger(L, 4, (lua_Integer)length + 1);
  luaL_argexpected(L, type == LUA_TNUMBER || type == LUA_TSTRING || type == LUA_TFUNCTION || type == LUA_TTABLE, 3,
                   "string/function/table");
  luath_matcher m;
  bool is_anchored = *pattern == '^' && pattern_length > 0;
  luath_matcher_open(&m, L, subject, length, pattern + is_anchored, pattern_length - is_anchored);
  luaL_Buffer buffer;
  luaL_buffinit(L, &buffer);
  const char *copied = subject, *s = subject, *last_end = NULL;
  lua_Integer count = 0;
  bool changed = false;
  while (count < most && s <= m.end) {
    const char *end = is_anchored ? luath_match_at(&m, s) : luath_match_search(&m, &s);
    if (end == NULL) break;
    if (end == last_end) {
      s++;
    } else {
      count++;
      // What lies between the matches is copied in one piece.
      luaL_addlstring(&buffer, copied, (size_t)(s - copied));
      copied = s;
      if (add_replacement(&m, &buffer, s, end, type)) {
        changed = true;
        copied = end;
      }
      s = last_end = end;
    }
    if (is_anchored) break;
  }
  if (changed) {
    luaL_addlstring(&buffer, copied, (size_t)(m.end - copied));
    luaL_pushresult(&buffer);
  } else {
    lua_pushvalue(L, 1);
  }
  lua_pushinteger(L, count);
  return 2;
}

const luaL_Reg luath_pattern_functions[] = {
    {"find", l_find}, {"match", l_match}, {"gmatch", l_gmatch}, {"gsub", l_gsub}, {NULL, NULL}};
