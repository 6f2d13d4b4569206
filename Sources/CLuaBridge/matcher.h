// Matching Lua patterns: what the pattern functions ask of matcher.c.
#pragma once
#include "bridge.h"

typedef unsigned char byte;

// What a character is: bits of `luath_class_of`.
enum {
  ALPHA = 1,
  DIGIT = 2,
  LOWER = 4,
  UPPER = 8,
  SPACE = 16,
  CONTROL = 32,
  PUNCT = 64,
  HEX = 128,
  MAGIC = 256,  // means something in a pattern
  ZERO = 512
};
extern const uint16_t luath_class_of[256];

enum { MOST_CAPTURES = 32 };

// One pattern and one subject, for one call of a pattern function.
typedef struct {
  lua_State *L;
  const char *subject, *end;
  const char *pattern, *pattern_end;
  int beginning;      // the character that every match begins with, or a mark
  bool begins[256];   // which ones, if there are several
  int depth;       // of recursion that is left
  int level;       // captures begun
  int64_t steps;   // left until the next check
  int64_t budget;  // left after that
  struct {
    const char *at;
    ptrdiff_t length;  // or a mark
  } captures[MOST_CAPTURES];
} luath_matcher;

void luath_matcher_open(luath_matcher *m, lua_State *L, const char *subject, size_t length, const char *pattern,
                        size_t pattern_length);
// Gives a new budget, for a further call with the same pattern and subject.
void luath_matcher_start(luath_matcher *m, lua_State *L);
// The end of the match that begins at `s`; NULL when there is none.
const char *luath_match_at(luath_matcher *m, const char *s);
// The end of the first match at `*start` or later, and in `*start` its beginning.
const char *luath_match_search(luath_matcher *m, const char **start);
// The length and text of a capture of the match from `s` to `end`; the first one is the whole match where there are no
// captures. For a position capture the text is NULL and the length is the position.
size_t luath_capture(luath_matcher *m, int index, const char *s, const char *end, const char **text);
void luath_push_capture(luath_matcher *m, int index, const char *s, const char *end);
// Pushes all captures; without any, the whole match from `s` to `end`, unless `s` is NULL.
int luath_push_captures(luath_matcher *m, const char *s, const char *end);

// Raises when the budget is spent or the run has to end.
__attribute__((cold)) void luath_matcher_check(luath_matcher *m);
static inline void luath_spend(luath_matcher *m, size_t steps) {
  if ((m->steps -= (int64_t)steps) < 0) luath_matcher_check(m);
}
