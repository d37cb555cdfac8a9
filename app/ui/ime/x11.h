#include <stdint.h>

// ime_follow makes the candidate window of an X window follow Go's caret.
void ime_follow(unsigned long window, uintptr_t follower);

// ime_forget drops a window that is gone.
void ime_forget(unsigned long window);

// ime_caps reports whether Caps Lock is on.
int ime_caps(void);

// imeSpot is Go's: the caret of a follower, 0 when no box has the keyboard.
extern int imeSpot(uintptr_t follower, int *x, int *y);

// imeSecret is Go's: whether a password box of a follower has the keyboard.
extern int imeSecret(uintptr_t follower);
