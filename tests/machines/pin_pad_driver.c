/* A driver for pcscd that gives vpcd's virtual reader a PIN pad: everything goes through to vpcd's own driver, and
 * the features of PC/SC part 10 are answered here, with the structures of pcsc-lite's reader.h.
 * What a holder types stands in the file PAD_FILE, an entry a line; the first line is taken away with each entry. An
 * empty line is the cancel key; no line at all is a time-out. */
#include <arpa/inet.h>
#include <dlfcn.h>
#include <ifdhandler.h>
#include <reader.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define VERIFY_CODE 0x42330006
#define MODIFY_CODE 0x42330007

static void *real(const char *name) {
    static void *driver;
    if (!driver) driver = dlopen(REAL_DRIVER, RTLD_NOW | RTLD_LOCAL);
    return driver ? dlsym(driver, name) : NULL;
}
#define CALL(type, name) ((type)real(name))

RESPONSECODE IFDHCreateChannel(DWORD lun, DWORD channel) {
    return CALL(RESPONSECODE (*)(DWORD, DWORD), "IFDHCreateChannel")(lun, channel);
}
RESPONSECODE IFDHCreateChannelByName(DWORD lun, LPSTR name) {
    return CALL(RESPONSECODE (*)(DWORD, LPSTR), "IFDHCreateChannelByName")(lun, name);
}
RESPONSECODE IFDHCloseChannel(DWORD lun) { return CALL(RESPONSECODE (*)(DWORD), "IFDHCloseChannel")(lun); }
RESPONSECODE IFDHGetCapabilities(DWORD lun, DWORD tag, PDWORD length, PUCHAR value) {
    return CALL(RESPONSECODE (*)(DWORD, DWORD, PDWORD, PUCHAR), "IFDHGetCapabilities")(lun, tag, length, value);
}
RESPONSECODE IFDHSetCapabilities(DWORD lun, DWORD tag, DWORD length, PUCHAR value) {
    return CALL(RESPONSECODE (*)(DWORD, DWORD, DWORD, PUCHAR), "IFDHSetCapabilities")(lun, tag, length, value);
}
RESPONSECODE IFDHSetProtocolParameters(DWORD lun, DWORD protocol, UCHAR flags, UCHAR a, UCHAR b, UCHAR c) {
    return CALL(RESPONSECODE (*)(DWORD, DWORD, UCHAR, UCHAR, UCHAR, UCHAR), "IFDHSetProtocolParameters")(
        lun, protocol, flags, a, b, c);
}
RESPONSECODE IFDHPowerICC(DWORD lun, DWORD action, PUCHAR atr, PDWORD length) {
    return CALL(RESPONSECODE (*)(DWORD, DWORD, PUCHAR, PDWORD), "IFDHPowerICC")(lun, action, atr, length);
}
RESPONSECODE IFDHTransmitToICC(DWORD lun, SCARD_IO_HEADER send, PUCHAR tx, DWORD tx_length, PUCHAR rx,
                               PDWORD rx_length, PSCARD_IO_HEADER receive) {
    return CALL(RESPONSECODE (*)(DWORD, SCARD_IO_HEADER, PUCHAR, DWORD, PUCHAR, PDWORD, PSCARD_IO_HEADER),
                "IFDHTransmitToICC")(lun, send, tx, tx_length, rx, rx_length, receive);
}
RESPONSECODE IFDHICCPresence(DWORD lun) { return CALL(RESPONSECODE (*)(DWORD), "IFDHICCPresence")(lun); }

/* Take one entry: its length, 0 for the cancel key, -1 for none. */
static int typed(char *digits, int room) {
    char rest[512] = "", line[64] = "";
    FILE *file = fopen(PAD_FILE, "r");
    int got;
    if (!file) return -1;
    got = fgets(line, sizeof line, file) != NULL;
    rest[fread(rest, 1, sizeof rest - 1, file)] = 0;
    fclose(file);
    if (!got) return -1;
    line[strcspn(line, "\n")] = 0;
    file = fopen(PAD_FILE, "w");
    if (!file) return -1;
    fputs(rest, file);
    fclose(file);
    snprintf(digits, (size_t)room, "%s", line);
    return (int)strlen(line);
}

/* Put an entry into the command as packed BCD; the reader's own status word, or 0. */
static unsigned entry(uint16_t allowed, unsigned char *block, char *digits) {
    int length = typed(digits, 32), at;
    if (length < 0) return 0x6400;
    if (length == 0) return 0x6401;
    if (length < allowed >> 8 || length > (allowed & 0xFF)) return 0x6403;
    for (at = 0; at < length; at += 2)
        block[at / 2] = (unsigned char)((digits[at] - '0') << 4 | (at + 1 < length ? digits[at + 1] - '0' : 0x0F));
    return 0;
}

static RESPONSECODE say(unsigned word, PUCHAR out, LPDWORD length) {
    out[0] = (UCHAR)(word >> 8);
    out[1] = (UCHAR)word;
    *length = 2;
    return IFD_SUCCESS;
}

static RESPONSECODE pass_on(DWORD lun, unsigned char *apdu, DWORD size, PUCHAR out, DWORD room, LPDWORD length) {
    SCARD_IO_HEADER send = {1, 0}, receive = {1, 0};
    DWORD got = room;
    RESPONSECODE result = IFDHTransmitToICC(lun, send, apdu, size, out, &got, &receive);
    *length = result == IFD_SUCCESS ? got : 0;
    return result;
}

RESPONSECODE IFDHControl(DWORD lun, DWORD code, PUCHAR in, DWORD in_length, PUCHAR out, DWORD room, LPDWORD length) {
    unsigned char apdu[64];
    char digits[32], again[32];
    unsigned word;
    *length = 0;
    if (code == CM_IOCTL_GET_FEATURE_REQUEST) {
        PCSC_TLV_STRUCTURE found[2] = {{FEATURE_VERIFY_PIN_DIRECT, 4, htonl(VERIFY_CODE)},
                                       {FEATURE_MODIFY_PIN_DIRECT, 4, htonl(MODIFY_CODE)}};
        if (room < sizeof found) return IFD_COMMUNICATION_ERROR;
        memcpy(out, found, sizeof found);
        *length = sizeof found;
        return IFD_SUCCESS;
    }
    if (code == VERIFY_CODE && in_length >= sizeof(PIN_VERIFY_STRUCTURE)) {
        PIN_VERIFY_STRUCTURE *asked = (PIN_VERIFY_STRUCTURE *)in;
        if (asked->ulDataLength > sizeof apdu || in_length != sizeof *asked + asked->ulDataLength ||
            asked->bmFormatString != 0x81 || asked->bNumberMessage != 1)
            return say(0x6B80, out, length);
        memcpy(apdu, asked->abData, asked->ulDataLength);
        word = entry(asked->wPINMaxExtraDigit, apdu + 5, digits);
        return word ? say(word, out, length) : pass_on(lun, apdu, asked->ulDataLength, out, room, length);
    }
    if (code == MODIFY_CODE && in_length >= sizeof(PIN_MODIFY_STRUCTURE)) {
        PIN_MODIFY_STRUCTURE *asked = (PIN_MODIFY_STRUCTURE *)in;
        if (asked->ulDataLength > sizeof apdu || in_length != sizeof *asked + asked->ulDataLength ||
            asked->bmFormatString != 0x81 || asked->bNumberMessage != 3 || asked->bConfirmPIN != 3)
            return say(0x6B80, out, length);
        memcpy(apdu, asked->abData, asked->ulDataLength);
        word = entry(asked->wPINMaxExtraDigit, apdu + 5 + asked->bInsertionOffsetOld, digits);
        if (!word) word = entry(asked->wPINMaxExtraDigit, apdu + 5 + asked->bInsertionOffsetNew, digits);
        if (!word) word = entry(asked->wPINMaxExtraDigit, apdu + 5 + asked->bInsertionOffsetNew, again);
        if (!word && strcmp(digits, again)) word = 0x6402;
        return word ? say(word, out, length) : pass_on(lun, apdu, asked->ulDataLength, out, room, length);
    }
    return IFD_ERROR_NOT_SUPPORTED;
}
