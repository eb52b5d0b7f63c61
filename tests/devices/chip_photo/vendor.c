/* Stands in for a reader vendor's closed library: every calling form that public programs show, and what goes wrong. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { WIDTH = 102, HEIGHT = 126, ROW = WIDTH * 3, STRIDE = 308, RAW = ROW * HEIGHT };

/* a picture that can be told from its mirror images: blue grows to the right, green downwards, red is the first byte */
static void pixel(const unsigned char *wlt, unsigned char *bgr, int x, int y) {
    bgr[0] = (unsigned char)(x * 2);
    bgr[1] = (unsigned char)(y * 2);
    bgr[2] = wlt[0];
}

static void raw(const unsigned char *wlt, unsigned char *out) {
    for (int y = 0; y < HEIGHT; y++)
        for (int x = 0; x < WIDTH; x++) pixel(wlt, out + y * ROW + x * 3, x, y);
}

static void put32(unsigned char *at, unsigned value) {
    for (int i = 0; i < 4; i++) at[i] = (unsigned char)(value >> (8 * i));
}

static int bmp(const unsigned char *wlt, unsigned char *out, int width, int height) {
    int stride = (width * 3 + 3) / 4 * 4, size = 54 + stride * height;
    memset(out, 0, (size_t)size);
    out[0] = 'B';
    out[1] = 'M';
    put32(out + 2, (unsigned)size);
    put32(out + 10, 54);
    put32(out + 14, 40);
    put32(out + 18, (unsigned)width);
    put32(out + 22, (unsigned)height);
    out[26] = 1;
    out[28] = 24;
    for (int y = 0; y < height; y++)
        for (int x = 0; x < width; x++) pixel(wlt, out + 54 + (height - 1 - y) * stride + x * 3, x, y);
    return size;
}

int iDR220S_Dewlt(unsigned char *wlt, unsigned char *out) {
    raw(wlt, out);
    printf("what a vendor prints must not reach the answer\n");
    return 1;
}

int unpack(unsigned char *wlt, unsigned char *out, int flag) {
    if (flag != 708) return -3;
    bmp(wlt, out, WIDTH, HEIGHT);
    return 1;
}

int wlt2bmpBuffer(unsigned char *wlt, unsigned char *out, int size) {
    if (size < (ROW + 2) * HEIGHT) return 0;
    bmp(wlt, out, WIDTH, HEIGHT);
    return 0; /* makers differ: 0 is done here */
}

int GetBmp(char *path, int interface_number) {
    unsigned char wlt[1024], out[65536];
    char name[1024];
    FILE *file = fopen(path, "rb");
    if (!file || fread(wlt, 1, sizeof wlt, file) != sizeof wlt) return -3;
    fclose(file);
    if (interface_number != 2) return -6;
    snprintf(name, sizeof name, "%s", path);
    memcpy(name + strlen(name) - 3, "bmp", 3);
    int size = bmp(wlt, out, WIDTH, HEIGHT);
    file = fopen(name, "wb");
    if (!file) return -2;
    fwrite(out, 1, (size_t)size, file);
    fclose(file);
    return 1;
}

int crashing(unsigned char *wlt, unsigned char *out) {
    (void)wlt, (void)out;
    *(volatile int *)0 = 1;
    return 1;
}
int crashing_file(char *path, int number) { return crashing((unsigned char *)path, (unsigned char *)&number); }

int overrunning(unsigned char *wlt, unsigned char *out) {
    for (size_t at = 0; at < ((size_t)1 << 30); at++) out[at] = wlt[0];
    return 1;
}

int ending(unsigned char *wlt, unsigned char *out) {
    (void)wlt, (void)out;
    exit(0);
}

int hanging(unsigned char *wlt, unsigned char *out) {
    (void)wlt, (void)out;
    for (;;) pause();
}

int unlicensed(unsigned char *wlt, unsigned char *out) {
    raw(wlt, out);
    return -5;
}

int idle(unsigned char *wlt, unsigned char *out) {
    (void)wlt, (void)out;
    return 1;
}
int idle_file(char *path, int number) {
    (void)path, (void)number;
    return 1;
}

int blank(unsigned char *wlt, unsigned char *out) {
    (void)wlt;
    memset(out, 255, RAW);
    return 1;
}

int small(unsigned char *wlt, unsigned char *out) {
    bmp(wlt, out, 100, 100);
    return 1;
}

int large(unsigned char *wlt, unsigned char *out) {
    raw(wlt, out);
    memset(out + RAW, wlt[0], 500);
    return 1;
}

int half_raw(unsigned char *wlt, unsigned char *out) {
    for (int at = 0; at < RAW / 2; at++) out[at] = (unsigned char)(wlt[0] + at);
    return 1;
}

int half_bmp(unsigned char *wlt, unsigned char *out) {
    unsigned char whole[65536];
    bmp(wlt, whole, WIDTH, HEIGHT);
    memcpy(out, whole, 20000);
    return 1;
}
