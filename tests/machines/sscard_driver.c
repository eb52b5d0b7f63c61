/* A library with the functions of LD/T 33-2015 for the tests: contact cards over PC/SC, no PSAM, keys by HSM steps.
 * The reader's name stands in SSCARD_TEST_READER; a first PIN entry on the "keypad" in SSCARD_TEST_PIN. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <winscard.h>

static SCARDCONTEXT context;
static SCARDHANDLE card;
static int connected;
static unsigned char atr[64];
static DWORD atr_length;
static char pending[64];    /* address of the act between step 1 and step 2 */
static int pending_key;

static const unsigned char SSSE[] = {0x73,0x78,0x31,0x2E,0x73,0x68,0x2E,0xC9,0xE7,0xBB,0xE1,0xB1,0xA3,0xD5,0xCF};

struct item { int tag, length, text; };
static const struct item ITEMS[] = {
    {0x01,16,0},{0x02,1,1},{0x03,4,1},{0x04,12,0},{0x05,4,0},{0x06,4,0},{0x07,9,1},
    {0x08,18,1},{0x09,30,1},{0x4E,20,1},{0x0A,1,1},{0x0B,1,0},{0x0C,3,0},{0x0D,4,0},{0,0,0}};

static const struct item *item_of(int tag) {
    const struct item *i = ITEMS;
    for (; i->tag; i++) if (i->tag == tag) return i;
    return NULL;
}

static void hex_of(const unsigned char *data, int n, char *out) {
    for (int i = 0; i < n; i++) sprintf(out + 2 * i, "%02X", data[i]);
    out[2 * n] = 0;
}

static int bytes_of(const char *hex, unsigned char *out) {
    int n = 0;
    unsigned value;
    while (hex[0] && hex[1] && sscanf(hex, "%2x", &value) == 1) { out[n++] = (unsigned char)value; hex += 2; }
    return n;
}

static void let_go(void) {
    if (connected) SCardDisconnect(card, SCARD_RESET_CARD);
    if (context) SCardReleaseContext(context);
    connected = 0; context = 0;
}

/* 0, or the library's number; the answer without its status word in out. */
static int exchange(const unsigned char *apdu, int n, unsigned char *out, int *got) {
    unsigned char answer[300];
    DWORD length = sizeof answer;
    if (SCardTransmit(card, SCARD_PCI_T0, apdu, n, NULL, answer, &length) != SCARD_S_SUCCESS || length < 2) return -4;
    int sw = answer[length - 2] << 8 | answer[length - 1];
    if (sw >> 8 == 0x61 || sw >> 8 == 0x6C) {
        unsigned char again[5] = {0x00, 0xC0, 0x00, 0x00, (unsigned char)sw};
        if (sw >> 8 == 0x6C) memcpy(again, apdu, 4);
        return exchange(again, 5, out, got);
    }
    if (out) { memcpy(out, answer, length - 2); *got = (int)length - 2; }
    return sw == 0x9000 ? 0 : -sw;
}

static int select_ssse(char *algorithm) {
    unsigned char apdu[20] = {0x00, 0xA4, 0x04, 0x00, 0x0F}, fci[300];
    int got = 0;
    memcpy(apdu + 5, SSSE, 15);
    int number = exchange(apdu, 20, fci, &got);
    if (number == -0x6A82) return -1;
    if (algorithm) sprintf(algorithm, "%02X", got ? fci[got - 1] : 1);
    return number;
}

static int open_card(char *algorithm) {
    let_go();
    if (SCardEstablishContext(SCARD_SCOPE_SYSTEM, NULL, NULL, &context) != SCARD_S_SUCCESS) return -12;
    DWORD protocol, state, name_length = 0;
    LONG result = SCardConnect(context, getenv("SSCARD_TEST_READER"), SCARD_SHARE_EXCLUSIVE, SCARD_PROTOCOL_T0, &card, &protocol);
    if (result == SCARD_E_UNKNOWN_READER || result == SCARD_E_READER_UNAVAILABLE) return -11;
    if (result != SCARD_S_SUCCESS) return result == SCARD_W_UNRESPONSIVE_CARD ? -4 : -2;
    connected = 1;
    atr_length = sizeof atr;
    if (SCardStatus(card, NULL, &name_length, &state, &protocol, atr, &atr_length) != SCARD_S_SUCCESS) return -3;
    return select_ssse(algorithm);
}

static int select_ef(int file) {
    unsigned char apdu[7] = {0x00, 0xA4, 0x02, 0x00, 0x02, 0xEF, (unsigned char)file};
    return exchange(apdu, 7, NULL, NULL);
}

static int read_item(int file, int tag, char *text) {
    const struct item *i = item_of(tag);
    unsigned char record[300];
    int got = 0, number;
    if (!i) return -14;
    if ((number = select_ef(file))) return number;
    unsigned char apdu[5] = {0x00, 0xB2, (unsigned char)tag, 0x00, (unsigned char)(i->length + 2)};
    if ((number = exchange(apdu, 5, record, &got))) return number;
    if (got != i->length + 2) return -23;
    const unsigned char *value = record + 2;
    int blank = 1;
    for (int n = 0; n < i->length; n++) blank &= value[n] == (i->text ? 0x00 : 0xFF);
    if (blank) { text[0] = 0; return 0; }
    if (!i->text) { hex_of(value, i->length, text); return 0; }
    int length = i->length;
    while (length && value[length - 1] == 0x00) length--;
    memcpy(text, value, length);
    text[length] = 0;
    return 0;
}

/* SSSEEF05|07|$ -> file and tag */
static int parse(const char *address, int *file, int *tag) {
    unsigned f, t;
    if (sscanf(address, "SSSEEF%2x|%2x|$", &f, &t) != 2) return -27266;
    *file = (int)f; *tag = (int)t;
    return 0;
}

static int read_address(const char *address, char *out) {
    int file, tag, number;
    char text[64];
    if ((number = parse(address, &file, &tag)) || (number = read_item(file, tag, text))) return number;
    sprintf(out, "SSSEEF%02X|%s|$", file, text);
    return 0;
}

static int challenge(char *hex) {
    unsigned char apdu[5] = {0x00, 0x84, 0x00, 0x00, 0x08}, random[300];
    int got = 0, number = exchange(apdu, 5, random, &got);
    hex_of(random, got, hex);
    return number;
}

static int authenticate(const char *key) {
    unsigned char apdu[40] = {0x00, 0x82, 0x00, (unsigned char)pending_key, 0x10};
    if (bytes_of(key, apdu + 5) != 16) return -14;
    return exchange(apdu, 21, NULL, NULL);
}

int iReadCardBas_HSM_Step1(int type, char *out) {
    char algorithm[4] = "", code[64] = "", historical[64], region[7] = "";
    (void)type;
    out[0] = 0;
    int number = open_card(algorithm);
    if (number == 0) number = read_item(0x05, 0x01, code);
    if (number) return number;
    int count = atr[1] & 0x0F;
    hex_of(atr + atr_length - count, count, historical);
    memcpy(region, code, 6);
    sprintf(out, "%s|%s|%s|%s|||||000000000000|", region, historical, algorithm, code);
    return 0;
}

int iReadCardBas(int type, char *out) {
    (void)type;
    strcpy(out, "no PSAM");
    return -2201;
}

int iReadCard(int type, int auth, char *info, char *address, char *out) {
    (void)type; (void)auth; (void)info;
    int number = open_card(NULL);
    return number ? number : read_address(address, out);
}

static int step1(char *address, const char *key, int key_id, char *out) {
    char algorithm[4] = "", random[40] = "";
    int number = open_card(algorithm);
    if (number == 0) number = challenge(random);
    if (number) return number;
    snprintf(pending, sizeof pending, "%s", address);
    pending_key = key_id;
    sprintf(out, "%s|%s|%s|%s|", algorithm, key, "0000000000000000", random);
    return 0;
}

int iReadCard_HSM_Step1(int type, char *info, char *address, char *out) {
    char version[8] = "";
    (void)type; (void)info;
    int number = open_card(NULL);
    if (number == 0) number = read_item(0x05, 0x03, version);
    if (number) return number;
    if (version[0] != '3' || !strstr(address, "EF06")) return -2204;
    return step1(address, "004C0A", 0x0A, out);
}

int iReadCard_HSM_Step2(char *key, char *out) {
    int number = authenticate(key);
    return number ? number : read_address(pending, out);
}

int iWriteCard_HSM_Step1(int type, char *info, char *address, char *out) {
    (void)type; (void)info;
    return step1(address, "009412", 0x04, out);
}

int iWriteCard_HSM_Step2(char *key, char *data, char *out) {
    int file, tag, number, length;
    unsigned char apdu[64] = {0x00, 0xDC};
    char *text = strchr(data, '|'), *end;
    out[0] = 0;
    if ((number = parse(pending, &file, &tag)) || (number = authenticate(key))) return number;
    const struct item *i = item_of(tag);
    if (!i || !text || !(end = strrchr(++text, '|'))) return -14;
    *end = 0;
    if ((number = select_ef(file))) return number;
    apdu[2] = (unsigned char)tag; apdu[4] = (unsigned char)(i->length + 2);
    apdu[5] = (unsigned char)tag; apdu[6] = (unsigned char)i->length;
    memset(apdu + 7, i->text ? 0x00 : 0xFF, i->length);
    length = (int)strlen(text);
    if (i->text) { if (length > i->length) return -23; memcpy(apdu + 7, text, length); }
    else bytes_of(text, apdu + 7);
    return exchange(apdu, i->length + 7, NULL, NULL);
}

int iWriteCard(int type, char *info, char *address, char *data, char *out) {
    (void)type; (void)info; (void)address; (void)data;
    strcpy(out, "no PSAM");
    return -2201;
}

int iVerifyPIN(int type, char *out) {
    unsigned char apdu[8] = {0x00, 0x20, 0x00, 0x00, 0x03};
    const char *typed = getenv("SSCARD_TEST_PIN");
    (void)type;
    if (!typed) return -31;
    if (strcmp(typed, "crash") == 0) abort();
    int number = open_card(NULL);
    if (number) return number;
    bytes_of(typed, apdu + 5);
    number = exchange(apdu, 8, NULL, NULL);
    if (number == -0x6983) return -52;
    if (-number >> 4 == 0x63C) { sprintf(out, "%d", -number & 0x0F); return -51; }
    return number;
}

int iChangePIN(int type, char *out) {
    (void)type; (void)out;
    return -36;
}
