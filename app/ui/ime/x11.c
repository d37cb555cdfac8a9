// Steps between GLFW and libX11. GLFW 3.4 opens libX11 with dlopen and looks its
// functions up with dlsym; the linker redirects that dlsym to the one below
// (--wrap=dlsym), which hands out two functions of our own.
//go:build linux && cgo && x11

#include <X11/XKBlib.h>
#include <X11/Xlib.h>
#include <X11/Xutil.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include "x11.h"

extern void *__real_dlsym(void *handle, const char *name);

// One window of the program and its input context.
typedef struct {
	Window window;
	XIC ic;
	uintptr_t follower; // Go's handle; 0: nobody follows the caret
	Bool placed;        // the context takes a spot
	int x, y;           // the spot it has
} context;

enum { contexts = 16 };
static context table[contexts];

static context *find(Window w) {
	for (int i = 0; i < contexts; i++)
		if (table[i].window == w)
			return &table[i];
	return NULL;
}

// slot returns the entry of a window, taking a free one for a new window.
static context *slot(Window w) {
	context *c = find(w);
	if (!c && (c = find(None)) != NULL) {
		memset(c, 0, sizeof *c);
		c->window = w;
	}
	return c;
}

void ime_follow(unsigned long window, uintptr_t follower) {
	context *c = slot((Window)window);
	if (c)
		c->follower = follower;
}

void ime_forget(unsigned long window) {
	context *c = find((Window)window);
	if (c)
		memset(c, 0, sizeof *c);
}

int ime_caps(void) {
	static Display *keyboard; // a connection of its own: GLFW's is not to be had
	unsigned int lit = 0;
	if (!keyboard)
		keyboard = XOpenDisplay(NULL);
	if (!keyboard || XkbGetIndicatorState(keyboard, XkbUseCoreKbd, &lit) != Success)
		return 0;
	return lit & 1; // the first indicator is Caps Lock
}

static Bool (*filter_event)(XEvent *, Window);
static XIC (*create_ic)(XIM, ...);

// Keys that the input method handed back while a call waited for its answer,
// oldest first; filter lets them through.
enum { most = 32 };
static XKeyEvent returned[most];
static int returnings;

static Bool isMark(const XEvent *e) {
	return e->type == ClientMessage && e->xclient.window == None && e->xclient.message_type == None;
}

// sort_out repairs the queue after a call to the input method. While the call
// waits, Xlib puts each key that is handed back at the head of the queue, the
// newest first, and marks the next key filtered as "handed back" once, for however
// many there are. Everything before our mark in the queue came so: it is turned
// round, and all but the newest are let through without asking Xlib.
static void sort_out(Display *display) {
	XEvent back[most], e;
	int n = 0;
	for (XNextEvent(display, &e); !isMark(&e); XNextEvent(display, &e))
		if (n < most)
			back[n++] = e;
	for (int i = 0; i < n; i++)
		XPutBackEvent(display, &back[i]);
	for (int i = n - 1; i > 0 && returnings < most; i--)
		returned[returnings++] = back[i].xkey;
}

// handed_back reports whether a key is the next of those, and drops it from them.
static Bool handed_back(const XKeyEvent *k) {
	if (!returnings || returned[0].type != k->type || returned[0].keycode != k->keycode ||
	    returned[0].time != k->time || returned[0].serial != k->serial)
		return False;
	memmove(returned, returned + 1, --returnings * sizeof *returned);
	return True;
}

// place tells the input method where the caret is. It waits for an answer, so it
// must not come between fetching a key and filtering it.
static void place(context *c) {
	int x = 0, y = 0;
	if (!c->placed || !c->follower || !imeSpot(c->follower, &x, &y) || (x == c->x && y == c->y))
		return;
	XPoint at = {(short)x, (short)y};
	XVaNestedList preedit = XVaCreateNestedList(0, XNSpotLocation, &at, NULL);
	if (!preedit)
		return;
	Display *display = XDisplayOfIM(XIMOfIC(c->ic));
	XEvent mark = {.xclient = {.type = ClientMessage, .display = display}};
	XPutBackEvent(display, &mark);
	XSetICValues(c->ic, XNPreeditAttributes, preedit, NULL);
	sort_out(display);
	XFree(preedit);
	c->x = x, c->y = y;
}

// filter keeps keys that the input method takes from GLFW, which reports them as
// pressed even so: without a window it drops the event. Releasing a key places the
// candidates for the next one; pressing it moves them if the caret has moved since.
// The keys of a password are not shown to the input method.
static Bool filter(XEvent *event, Window w) {
	Bool key = event->type == KeyPress || event->type == KeyRelease;
	context *c = key ? find(event->xany.window) : NULL;
	if (key && (handed_back(&event->xkey) || (c && c->follower && imeSecret(c->follower))))
		return False;
	Bool taken = filter_event(event, w);
	if (taken && key) {
		if (c && c->ic)
			place(c);
		event->xany.window = None;
	}
	return taken;
}

// can reports whether the input method offers a style.
static Bool can(XIM im, XIMStyle style) {
	XIMStyles *styles = NULL;
	Bool found = False;
	if (XGetIMValues(im, XNQueryInputStyle, &styles, NULL) || !styles)
		return False;
	for (int i = 0; i < styles->count_styles; i++)
		found |= styles->supported_styles[i] == style;
	XFree(styles);
	return found;
}

// at_caret makes a context whose candidate window stands at a spot, NULL where the
// input method or the server's fonts do not allow it.
static XIC at_caret(XIM im, Window client, XIMCallback *gone) {
	const XIMStyle style = XIMPreeditPosition | XIMStatusNothing;
	if (!client || !can(im, style))
		return NULL;
	char **missing = NULL, *instead = NULL;
	int count = 0;
	XFontSet fonts = XCreateFontSet(XDisplayOfIM(im), "-*-*-medium-r-*-*-*-*-*-*-*-*-*-*,fixed,*", &missing, &count, &instead);
	if (missing)
		XFreeStringList(missing);
	if (!fonts)
		return NULL;
	XPoint at = {0, 0};
	XVaNestedList preedit = XVaCreateNestedList(0, XNSpotLocation, &at, XNFontSet, fonts, NULL);
	XIC ic = create_ic(im, XNInputStyle, style, XNClientWindow, client, XNFocusWindow, client,
	                   XNPreeditAttributes, preedit, XNDestroyCallback, gone, NULL);
	XFree(preedit);
	if (!ic)
		XFreeFontSet(XDisplayOfIM(im), fonts);
	return ic;
}

// create answers GLFW's XCreateIC. It reads the arguments GLFW gives and asks for
// a context at the caret first, for what was asked then.
static XIC create(XIM im, ...) {
	XIMStyle style = XIMPreeditNothing | XIMStatusNothing;
	Window client = None;
	XIMCallback *gone = NULL;
	va_list args;
	va_start(args, im);
	for (const char *name; (name = va_arg(args, const char *)) != NULL;) {
		if (!strcmp(name, XNInputStyle))
			style = va_arg(args, XIMStyle);
		else if (!strcmp(name, XNClientWindow))
			client = va_arg(args, Window);
		else if (!strcmp(name, XNDestroyCallback))
			gone = va_arg(args, XIMCallback *);
		else
			(void)va_arg(args, void *);
	}
	va_end(args);
	XIC ic = at_caret(im, client, gone);
	context *c = slot(client);
	if (c)
		c->placed = ic != NULL, c->x = c->y = -1;
	if (!ic)
		ic = create_ic(im, XNInputStyle, style, XNClientWindow, client, XNFocusWindow, client, XNDestroyCallback, gone, NULL);
	if (c)
		c->ic = ic;
	return ic;
}

// __wrap_dlsym is what GLFW calls for dlsym.
void *__wrap_dlsym(void *handle, const char *name) {
	void *real = __real_dlsym(handle, name);
	if (real && !strcmp(name, "XFilterEvent")) {
		filter_event = (Bool(*)(XEvent *, Window))real;
		return (void *)filter;
	}
	if (real && !strcmp(name, "XCreateIC")) {
		create_ic = (XIC(*)(XIM, ...))real;
		return (void *)create;
	}
	return real;
}
