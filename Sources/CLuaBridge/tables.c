// The functions of `table` that loop in C. A length may lie and a range may be huge, so each loop notices that the run
// has to end; apart from that they are what the manual describes.
#include <limits.h>

#include "bridge.h"

enum { READ = 1, WRITE = 2, LENGTH = 4 };
enum { ROUNDS_BETWEEN_CHECKS = 256, COMPARISONS_BETWEEN_CHECKS = 64 };

static bool has_field(lua_State *L, const char *name) {
  lua_pushstring(L, name);
  bool found = lua_rawget(L, -2) != LUA_TNIL;
  lua_pop(L, 1);
  return found;
}

// A table, or something with the metamethods that the function needs.
static void check_table(lua_State *L, int index, int needs) {
  if (lua_istable(L, index)) return;
  if (!lua_getmetatable(L, index) || ((needs & READ) && !has_field(L, "__index")) ||
      ((needs & WRITE) && !has_field(L, "__newindex")) || ((needs & LENGTH) && !has_field(L, "__len"))) {
    luaL_checktype(L, index, LUA_TTABLE);
  } else {
    lua_pop(L, 1);
  }
}

static lua_Integer length_of(lua_State *L, int index, int needs) {
  if (lua_istable(L, index)) {
    if (!lua_getmetatable(L, index)) return (lua_Integer)lua_rawlen(L, index);
    lua_pop(L, 1);
  }
  check_table(L, index, needs | LENGTH);
  return luaL_len(L, index);
}

// Called once a round.
static inline void check_round(lua_State *L, lua_Integer round) {
  if ((round & (ROUNDS_BETWEEN_CHECKS - 1)) == 0) luath_check(L);
}

static lua_Integer after(lua_Integer position) { return (lua_Integer)((lua_Unsigned)position + 1); }

static int l_insert(lua_State *L) {
  lua_Integer end = after(length_of(L, 1, READ | WRITE)), position = end;
  switch (lua_gettop(L)) {
    case 2: break;
    case 3:
      position = luaL_checkinteger(L, 2);
      luaL_argcheck(L, (lua_Unsigned)position - 1 < (lua_Unsigned)end, 2, "position out of bounds");
      for (lua_Integer i = end; i > position; i--) {
        check_round(L, i);
        lua_geti(L, 1, i - 1);
        lua_seti(L, 1, i);
      }
      break;
    default: return luaL_error(L, "wrong number of arguments to 'insert'");
  }
  lua_seti(L, 1, position);
  return 0;
}

static int l_remove(lua_State *L) {
  lua_Integer size = length_of(L, 1, READ | WRITE), position = luaL_optinteger(L, 2, size);
  if (position != size)
    luaL_argcheck(L, (lua_Unsigned)position - 1 <= (lua_Unsigned)size, 1, "position out of bounds");
  lua_geti(L, 1, position);
  for (; position < size; position++) {
    check_round(L, position);
    lua_geti(L, 1, position + 1);
    lua_seti(L, 1, position);
  }
  lua_pushnil(L);
  lua_seti(L, 1, position);
  return 1;
}

static int l_move(lua_State *L) {
  lua_Integer first = luaL_checkinteger(L, 2), last = luaL_checkinteger(L, 3), to = luaL_checkinteger(L, 4);
  int target = lua_isnoneornil(L, 5) ? 1 : 5;
  check_table(L, 1, READ);
  check_table(L, target, WRITE);
  if (last >= first) {
    luaL_argcheck(L, first > 0 || last < LUA_MAXINTEGER + first, 3, "too many elements to move");
    lua_Integer count = last - first + 1;
    luaL_argcheck(L, to <= LUA_MAXINTEGER - count + 1, 4, "destination wrap around");
    bool overlaps = to > first && to <= last && (target == 1 || lua_compare(L, 1, target, LUA_OPEQ));
    for (lua_Integer i = 0; i < count; i++) {
      check_round(L, i);
      lua_Integer at = overlaps ? count - 1 - i : i;
      lua_geti(L, 1, first + at);
      lua_seti(L, target, to + at);
    }
  }
  lua_pushvalue(L, target);
  return 1;
}

static void add_element(lua_State *L, luaL_Buffer *buffer, lua_Integer position) {
  lua_geti(L, 1, position);
  if (!lua_isstring(L, -1))
    luaL_error(L, "invalid value (%s) at index %I in table for 'concat'", luaL_typename(L, -1), (LUAI_UACINT)position);
  luaL_addvalue(buffer);
}

static int l_concat(lua_State *L) {
  lua_Integer last = length_of(L, 1, READ);
  size_t separator_length;
  const char *separator = luaL_optlstring(L, 2, "", &separator_length);
  lua_Integer position = luaL_optinteger(L, 3, 1);
  last = luaL_optinteger(L, 4, last);
  luaL_Buffer buffer;
  luaL_buffinit(L, &buffer);
  for (; position < last; position++) {
    check_round(L, position);
    add_element(L, &buffer, position);
    luaL_addlstring(&buffer, separator, separator_length);
  }
  if (position == last) add_element(L, &buffer, position);
  luaL_pushresult(&buffer);
  return 1;
}

// MARK: sort. The table is argument 1, the order argument 2.

// Sets element `i` to the value on top and `j` to the one below it.  [-2, +0, e]
static void set_two(lua_State *L, lua_Integer i, lua_Integer j) {
  lua_seti(L, 1, i);
  lua_seti(L, 1, j);
}

typedef struct {
  lua_State *L;
  bool has_order;
  unsigned comparisons;
} sorting;

static bool comes_before(sorting *sort, int a, int b) {
  lua_State *L = sort->L;
  if (sort->comparisons++ % COMPARISONS_BETWEEN_CHECKS == 0) luath_check(L);
  if (!sort->has_order) return lua_compare(L, a, b, LUA_OPLT);
  lua_pushvalue(L, 2);
  lua_pushvalue(L, a - 1);
  lua_pushvalue(L, b - 2);
  lua_call(L, 2, 1);
  bool result = lua_toboolean(L, -1);
  lua_pop(L, 1);
  return result;
}

// Swaps two elements that are in the wrong order; whether they were.
static bool put_in_order(sorting *sort, lua_Integer i, lua_Integer j) {
  lua_State *L = sort->L;
  lua_geti(L, 1, i);
  lua_geti(L, 1, j);
  bool swaps = comes_before(sort, -1, -2);
  if (swaps) {
    set_two(L, i, j);
  } else {
    lua_pop(L, 2);
  }
  return swaps;
}

// Moves what comes before the pivot, which is on top of the stack, to the left of what comes after it; the pivot is also
// at `last - 1`. Gives the place between the two, and puts the pivot there.  [-1, +0, e]
static lua_Integer partition(sorting *sort, lua_Integer first, lua_Integer last) {
  lua_State *L = sort->L;
  lua_Integer left = first, right = last - 1;
  for (;;) {
    while (lua_geti(L, 1, ++left), comes_before(sort, -1, -2)) {
      if (left == last - 1) luaL_error(L, "invalid order function for sorting");
      lua_pop(L, 1);
    }
    while (lua_geti(L, 1, --right), comes_before(sort, -3, -1)) {
      if (right < left) luaL_error(L, "invalid order function for sorting");
      lua_pop(L, 1);
    }
    if (right < left) {
      lua_pop(L, 1);
      lua_geti(L, 1, last - 1);
      set_two(L, left, last - 1);
      lua_pop(L, 1);
      return left;
    }
    set_two(L, left, right);
  }
}

// Sorts the range by quicksort: a pivot from three elements, the smaller side first, so that the depth is bounded.
static void sort_range(sorting *sort, lua_Integer first, lua_Integer last) {
  lua_State *L = sort->L;
  while (first < last) {
    put_in_order(sort, first, last);
    if (last - first == 1) return;
    lua_Integer middle = first + (last - first) / 2;
    if (!put_in_order(sort, first, middle)) put_in_order(sort, middle, last);
    if (last - first == 2) return;
    lua_geti(L, 1, middle);
    lua_pushvalue(L, -1);
    lua_geti(L, 1, last - 1);
    set_two(L, middle, last - 1);
    lua_Integer at = partition(sort, first, last);
    if (at - first < last - at) {
      sort_range(sort, first, at - 1);
      first = at + 1;
    } else {
      sort_range(sort, at + 1, last);
      last = at - 1;
    }
  }
}

static int l_sort(lua_State *L) {
  lua_Integer count = length_of(L, 1, READ | WRITE);
  if (count > 1) {
    luaL_argcheck(L, count < INT_MAX, 1, "array too big");
    if (!lua_isnoneornil(L, 2)) luaL_checktype(L, 2, LUA_TFUNCTION);
    lua_settop(L, 2);
    sorting sort = {L, !lua_isnil(L, 2), 0};
    sort_range(&sort, 1, count);
  }
  return 0;
}

void luath_guard_tables(lua_State *L) {
  static const luaL_Reg functions[] = {{"insert", l_insert}, {"remove", l_remove}, {"move", l_move},
                                       {"concat", l_concat}, {"sort", l_sort},     {NULL, NULL}};
  lua_getglobal(L, LUA_TABLIBNAME);
  luaL_setfuncs(L, functions, 0);
  lua_pop(L, 1);
}
