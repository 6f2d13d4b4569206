// Matches Lua patterns as §6.4.1 of the manual describes them, within a budget of steps.
#include "matcher.h"

#include <string.h>

// A step is about one comparison of a character.
enum {
  STEPS_PER_CALL = 10 * 1000 * 1000,
  STEPS_PER_BYTE = 50,             // of the subject, on top: one pass over a long text is no attack
  STEPS_BETWEEN_CHECKS = 1 << 16,  // about half a millisecond
  MOST_DEPTH = 200,                // as in Lua's own library; bounds the C stack
  LONG = 512,                      // a subject that pays the search for what its matches begin with
};

enum { UNFINISHED = -1, POSITION = -2 };            // lengths of captures
enum { UNKNOWN = -1, ANYTHING = -2, LISTED = -3 };  // beginnings that are not one character

// The same in every locale.
const uint16_t luath_class_of[256] = {
    0x220, 0x020, 0x020, 0x020, 0x020, 0x020, 0x020, 0x020, 0x020, 0x030, 0x030, 0x030, 0x030, 0x030, 0x020, 0x020,
    0x020, 0x020, 0x020, 0x020, 0x020, 0x020, 0x020, 0x020, 0x020, 0x020, 0x020, 0x020, 0x020, 0x020, 0x020, 0x020,
    0x010, 0x040, 0x040, 0x040, 0x140, 0x140, 0x040, 0x040, 0x140, 0x040, 0x140, 0x140, 0x040, 0x140, 0x140, 0x040,
    0x082, 0x082, 0x082, 0x082, 0x082, 0x082, 0x082, 0x082, 0x082, 0x082, 0x040, 0x040, 0x040, 0x040, 0x040, 0x140,
    0x040, 0x089, 0x089, 0x089, 0x089, 0x089, 0x089, 0x009, 0x009, 0x009, 0x009, 0x009, 0x009, 0x009, 0x009, 0x009,
    0x009, 0x009, 0x009, 0x009, 0x009, 0x009, 0x009, 0x009, 0x009, 0x009, 0x009, 0x140, 0x040, 0x040, 0x140, 0x040,
    0x040, 0x085, 0x085, 0x085, 0x085, 0x085, 0x085, 0x005, 0x005, 0x005, 0x005, 0x005, 0x005, 0x005, 0x005, 0x005,
    0x005, 0x005, 0x005, 0x005, 0x005, 0x005, 0x005, 0x005, 0x005, 0x005, 0x005, 0x040, 0x040, 0x040, 0x040, 0x020,
};

// MARK: Steps

static int64_t budget_of(const luath_matcher *m) {
  return STEPS_PER_CALL + STEPS_PER_BYTE * (int64_t)(m->end - m->subject);
}

static int out_of_steps(luath_matcher *m) {
  lua_State *L = m->L;
  size_t length = (size_t)(m->pattern_end - m->pattern);
  lua_pushlstring(L, m->pattern, length < 40 ? length : 40);
  lua_pushfstring(L, "pattern matching took more than %I steps, with the pattern '%s%s'", (LUAI_UACINT)budget_of(m),
                  lua_tostring(L, -1), length < 40 ? "" : "...");
  return luath_raise_limit(L, "use a pattern with fewer '*', '+' and '-', or match shorter texts");
}

void luath_matcher_check(luath_matcher *m) {
  luath_check(m->L);
  int64_t taken = STEPS_BETWEEN_CHECKS - m->steps;
  if (taken > m->budget) out_of_steps(m);
  m->budget -= taken;
  m->steps = STEPS_BETWEEN_CHECKS;
}

// MARK: Single characters

// The class that `%` and this letter stand for; 0 when the letter stands for itself.
static unsigned class_named(byte letter) {
  switch (letter | 0x20) {
    case 'a': return ALPHA;
    case 'c': return CONTROL;
    case 'd': return DIGIT;
    case 'g': return ALPHA | DIGIT | PUNCT;
    case 'l': return LOWER;
    case 'p': return PUNCT;
    case 's': return SPACE;
    case 'u': return UPPER;
    case 'w': return ALPHA | DIGIT;
    case 'x': return HEX;
    case 'z': return ZERO;  // of older manuals
    default: return 0;
  }
}

static bool is_in_class(byte c, byte letter) {
  unsigned class = luath_class_of[letter] & ALPHA ? class_named(letter) : 0;
  if (class != 0) return ((luath_class_of[c] & class) != 0) == ((luath_class_of[letter] & LOWER) != 0);
  return c == letter;
}

// Whether the set from `[` at `p` to `]` at `last` has `c`.
static bool is_in_set(byte c, const char *p, const char *last) {
  bool found = true;
  if (*++p == '^') {
    found = false;
    p++;
  }
  while (p < last) {
    if (*p == '%') {
      if (is_in_class(c, (byte)p[1])) return found;
      p += 2;
    } else if (p[1] == '-' && p + 2 < last) {
      if ((byte)p[0] <= c && c <= (byte)p[2]) return found;
      p += 3;
    } else {
      if ((byte)*p++ == c) return found;
    }
  }
  return !found;
}

// Just after the single-character item at `p`.
static const char *item_end(luath_matcher *m, const char *p) {
  const char *end = m->pattern_end;
  if (*p == '%') {
    if (p + 1 == end) luaL_error(m->L, "malformed pattern (ends with '%%')");
    return p + 2;
  }
  if (*p++ != '[') return p;
  const char *start = p;
  if (*p == '^') p++;
  // The first character of a set is no end of it, whatever it is.
  do {
    if (p >= end) luaL_error(m->L, "malformed pattern (missing ']')");
    p += *p == '%' && p + 1 < end ? 2 : 1;
  } while (p >= end || *p != ']');
  luath_spend(m, (size_t)(p - start) / 8);
  return p + 1;
}

// Whether the item from `p` to `q` matches the character at `s`.
static inline bool matches(luath_matcher *m, const char *s, const char *p, const char *q) {
  if (s >= m->end) return false;
  switch (*p) {
    case '.': return true;
    case '%': return is_in_class((byte)*s, (byte)p[1]);
    case '[':
      luath_spend(m, (size_t)(q - p) / 8);
      return is_in_set((byte)*s, p, q - 1);
    default: return *s == *p;
  }
}

// How many characters from `s` on the item matches.
static size_t run_length(luath_matcher *m, const char *s, const char *p, const char *q) {
  const char *at = s, *end = m->end;
  switch (*p) {
    case '.': return (size_t)(end - s);
    case '%': {
      byte letter = (byte)p[1];
      unsigned class = luath_class_of[letter] & ALPHA ? class_named(letter) : 0;
      if (class == 0) {
        while (at < end && (byte)*at == letter) at++;
      } else if (luath_class_of[letter] & LOWER) {
        while (at < end && luath_class_of[(byte)*at] & class) at++;
      } else {
        while (at < end && !(luath_class_of[(byte)*at] & class)) at++;
      }
      break;
    }
    case '[': {
      size_t cost = (size_t)(q - p) / 8;
      while (at < end && is_in_set((byte)*at, p, q - 1)) {
        at++;
        luath_spend(m, cost);
      }
      break;
    }
    default:
      while (at < end && *at == *p) at++;
  }
  luath_spend(m, (size_t)(at - s));
  return (size_t)(at - s);
}

// MARK: Matching

static const char *match(luath_matcher *m, const char *s, const char *p);

// `x*` and, after a first `x`, `x+`: as many as there are, then fewer.
static const char *match_most(luath_matcher *m, const char *s, const char *p, const char *q) {
  const char *at = s + run_length(m, s, p, q);
  if (q + 1 == m->pattern_end) return at;
  for (; at >= s; at--) {
    const char *end = match(m, at, q + 1);
    if (end != NULL) return end;
  }
  return NULL;
}

// `x-`: as few as possible.
static const char *match_fewest(luath_matcher *m, const char *s, const char *p, const char *q) {
  for (;; s++) {
    const char *end = match(m, s, q + 1);
    if (end != NULL) return end;
    if (!matches(m, s, p, q)) return NULL;
  }
}

static const char *open_capture(luath_matcher *m, const char *s, const char *p, ptrdiff_t kind) {
  if (m->level >= MOST_CAPTURES) luaL_error(m->L, "too many captures");
  m->captures[m->level].at = s;
  m->captures[m->level].length = kind;
  m->level++;
  const char *end = match(m, s, p);
  if (end == NULL) m->level--;
  return end;
}

static const char *close_capture(luath_matcher *m, const char *s, const char *p) {
  int open = m->level - 1;
  while (open >= 0 && m->captures[open].length != UNFINISHED) open--;
  if (open < 0) luaL_error(m->L, "invalid pattern capture");
  m->captures[open].length = s - m->captures[open].at;
  const char *end = match(m, s, p);
  if (end == NULL) m->captures[open].length = UNFINISHED;
  return end;
}

// `%b()`; `p` is at the two characters.
static const char *match_balanced(luath_matcher *m, const char *s, const char *p) {
  if (m->pattern_end - p < 2) luaL_error(m->L, "malformed pattern (missing arguments to '%%b')");
  if (s >= m->end || *s != p[0]) return NULL;
  const char *start = s;
  size_t open = 1;
  while (++s < m->end) {
    if (*s == p[1]) {
      if (--open == 0) {
        luath_spend(m, (size_t)(s - start));
        return s + 1;
      }
    } else if (*s == p[0]) {
      open++;
    }
  }
  luath_spend(m, (size_t)(s - start));
  return NULL;
}

// `%1` to `%9`: what that capture matched, again.
static const char *match_again(luath_matcher *m, const char *s, byte digit) {
  int index = digit - '1';
  if (index < 0 || index >= m->level || m->captures[index].length == UNFINISHED)
    luaL_error(m->L, "invalid capture index %%%d", index + 1);
  ptrdiff_t length = m->captures[index].length;
  if (length == POSITION || m->end - s < length) return NULL;
  luath_spend(m, (size_t)length / 16);
  return memcmp(m->captures[index].at, s, (size_t)length) == 0 ? s + length : NULL;
}

// Whether `s` stands where a run of the set's characters begins: `%f[set]`, `p` is at the set.
static bool is_frontier(luath_matcher *m, const char *s, const char *p, const char *q) {
  byte before = s == m->subject ? 0 : (byte)s[-1], after = s == m->end ? 0 : (byte)*s;
  luath_spend(m, (size_t)(q - p) / 8);
  return !is_in_set(before, p, q - 1) && is_in_set(after, p, q - 1);
}

// The end of the match of the rest of the pattern, from `p`, at `s`; NULL when there is none.
static const char *match_rest(luath_matcher *m, const char *s, const char *p) {
  const char *const pattern_end = m->pattern_end;
  while (p != pattern_end) {
    luath_spend(m, 1);
    switch (*p) {
      case '(':
        return p[1] == ')' ? open_capture(m, s, p + 2, POSITION) : open_capture(m, s, p + 1, UNFINISHED);
      case ')': return close_capture(m, s, p + 1);
      case '$':
        if (p + 1 == pattern_end) return s == m->end ? s : NULL;
        break;
      case '%':
        if (p[1] == 'b') {
          s = match_balanced(m, s, p + 2);
          if (s == NULL) return NULL;
          p += 4;
          continue;
        }
        if (p[1] == 'f') {
          p += 2;
          if (*p != '[') luaL_error(m->L, "missing '[' after '%%f' in pattern");
          const char *q = item_end(m, p);
          if (!is_frontier(m, s, p, q)) return NULL;
          p = q;
          continue;
        }
        if (luath_class_of[(byte)p[1]] & DIGIT) {
          s = match_again(m, s, (byte)p[1]);
          if (s == NULL) return NULL;
          p += 2;
          continue;
        }
        break;
    }
    const char *q = item_end(m, p);
    bool one = matches(m, s, p, q);
    switch (*q) {
      case '?':
        if (one) {
          const char *end = match(m, s + 1, q + 1);
          if (end != NULL) return end;
        }
        p = q + 1;
        break;
      case '*':
        if (one) return match_most(m, s, p, q);
        p = q + 1;
        break;
      case '+': return one ? match_most(m, s + 1, p, q) : NULL;
      case '-':
        if (one) return match_fewest(m, s, p, q);
        p = q + 1;
        break;
      default:
        if (!one) return NULL;
        s++;
        p = q;
    }
  }
  return s;
}

static const char *match(luath_matcher *m, const char *s, const char *p) {
  if (m->depth-- == 0) luaL_error(m->L, "pattern too complex");
  const char *end = match_rest(m, s, p);
  m->depth++;
  return end;
}

// MARK: Searching

void luath_matcher_start(luath_matcher *m, lua_State *L) {
  m->L = L;
  m->steps = STEPS_BETWEEN_CHECKS;
  m->budget = budget_of(m);
}

void luath_matcher_open(luath_matcher *m, lua_State *L, const char *subject, size_t length, const char *pattern,
                        size_t pattern_length) {
  m->subject = subject;
  m->end = subject + length;
  m->pattern = pattern;
  m->pattern_end = pattern + pattern_length;
  m->beginning = UNKNOWN;
  luath_matcher_start(m, L);
}

const char *luath_match_at(luath_matcher *m, const char *s) {
  m->depth = MOST_DEPTH;
  m->level = 0;
  return match(m, s, m->pattern);
}

// Finds out what every match begins with, if the pattern's first item says so.
static void find_beginning(luath_matcher *m) {
  const char *p = m->pattern;
  m->beginning = ANYTHING;
  if (p == m->pattern_end || *p == ')') return;
  bool is_literal = !(luath_class_of[(byte)*p] & MAGIC);
  if (!is_literal && *p != '[' && !(*p == '%' && class_named((byte)p[1]) != 0)) return;
  const char *q = item_end(m, p);
  if (*q == '*' || *q == '?' || *q == '-') return;
  m->beginning = is_literal ? (byte)*p : LISTED;
  if (is_literal) return;
  for (int c = 0; c < 256; c++) {
    m->begins[c] = *p == '[' ? is_in_set((byte)c, p, q - 1) : is_in_class((byte)c, (byte)p[1]);
  }
}

const char *luath_match_search(luath_matcher *m, const char **start) {
  const char *s = *start;
  // What cannot begin a match is skipped, where the text is long enough for that to pay.
  if (m->beginning == UNKNOWN && m->end - s >= LONG) find_beginning(m);
  for (; s <= m->end; s++) {
    if (m->beginning >= 0) {
      s = memchr(s, m->beginning, (size_t)(m->end - s));
      if (s == NULL) return NULL;
    } else if (m->beginning == LISTED) {
      const char *from = s;
      while (s < m->end && !m->begins[(byte)*s]) s++;
      luath_spend(m, (size_t)(s - from));
      if (s == m->end) return NULL;
    }
    const char *end = luath_match_at(m, s);
    if (end != NULL) {
      *start = s;
      return end;
    }
  }
  return NULL;
}

size_t luath_capture(luath_matcher *m, int index, const char *s, const char *end, const char **text) {
  if (index >= m->level) {
    if (index != 0) luaL_error(m->L, "invalid capture index %%%d", index + 1);
    *text = s;
    return (size_t)(end - s);
  }
  ptrdiff_t length = m->captures[index].length;
  const char *at = m->captures[index].at;
  if (length == UNFINISHED) luaL_error(m->L, "unfinished capture");
  *text = length == POSITION ? NULL : at;
  return length == POSITION ? (size_t)(at - m->subject) + 1 : (size_t)length;
}

void luath_push_capture(luath_matcher *m, int index, const char *s, const char *end) {
  const char *text;
  size_t length = luath_capture(m, index, s, end, &text);
  if (text == NULL) {
    lua_pushinteger(m->L, (lua_Integer)length);
  } else {
    lua_pushlstring(m->L, text, length);
  }
}

int luath_push_captures(luath_matcher *m, const char *s, const char *end) {
  int count = m->level == 0 && s != NULL ? 1 : m->level;
  luaL_checkstack(m->L, count, "too many captures");
  for (int i = 0; i < count; i++) luath_push_capture(m, i, s, end);
  return count;
}
