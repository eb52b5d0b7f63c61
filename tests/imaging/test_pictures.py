import contextlib
import io
import struct
import tracemalloc
import zlib
from datetime import date

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import ExifTags, Image

from sscard_desk.domain.errors.operator import PictureUnreadable
from sscard_desk.imaging import picture_file
from sscard_desk.imaging.colour import srgb_profile
from sscard_desk.imaging.pictures import decode_picture, preview, read_picture


def gradient(width=64, height=48):
    rows, columns = np.mgrid[0:height, 0:width]
    return np.dstack([columns * 3, rows * 4, np.full_like(rows, 90)]).astype(np.uint8)


def encoded(kind, picture=None):
    return cv2.imencode(kind, gradient() if picture is None else picture)[1].tobytes()


def turned(orientation):
    """A JPEG whose EXIF orientation says how the camera was held."""
    tiff = b"MM\x00\x2a\x00\x00\x00\x08\x00\x01" + struct.pack(">HHIHH", 0x0112, 3, 1, orientation, 0) + bytes(4)
    segment = b"Exif\x00\x00" + tiff
    file = encoded(".jpg")
    return file[:2] + b"\xff\xe1" + struct.pack(">H", len(segment) + 2) + segment + file[2:]


def png_claiming(width, height):
    head = b"IHDR" + struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    end = b"IEND"
    return (
        picture_file.PNG
        + struct.pack(">I", 13) + head + struct.pack(">I", zlib.crc32(head))
        + struct.pack(">I", 0) + end + struct.pack(">I", zlib.crc32(end))
    )  # fmt: skip


@pytest.mark.parametrize("kind", [".jpg", ".png", ".bmp"])
def test_the_usual_files_are_read_as_bgr(kind):
    picture = decode_picture(encoded(kind))
    assert picture.shape == (48, 64, 3)
    assert np.abs(picture.astype(int) - gradient().astype(int)).mean() < 8


@pytest.mark.parametrize("kind", [".jpg", ".png", ".bmp"])
def test_the_size_is_known_before_decoding(kind):
    assert picture_file.size(encoded(kind)) == (64, 48)


@pytest.mark.parametrize(
    ("orientation", "shape"), [(1, (48, 64, 3)), (3, (48, 64, 3)), (6, (64, 48, 3)), (8, (64, 48, 3))]
)
def test_a_picture_is_turned_as_the_camera_was_held(orientation, shape):
    assert decode_picture(turned(orientation)).shape == shape


@pytest.mark.parametrize(
    "content",
    [b"", b"no picture at all\n" * 50, b"\xff\xd8\xff", b"BM", b"GIF89a" + bytes(100), picture_file.PNG, bytes(5000)],
    ids=["empty", "text", "jpeg head", "bmp head", "gif", "png head", "zeros"],
)
def test_what_is_no_picture_is_told_as_unreadable(content):
    with pytest.raises(PictureUnreadable):
        decode_picture(content)


@pytest.mark.parametrize("kind", [".jpg", ".png"])
@pytest.mark.parametrize("part", [0.3, 0.6, 0.95])
def test_a_file_that_is_cut_short_is_not_shown_half_grey(kind, part, scene):
    file = encoded(kind, scene("person-00"))
    with pytest.raises(PictureUnreadable):
        decode_picture(file[: int(len(file) * part)])


def test_a_preview_inside_the_file_does_not_hide_that_the_picture_is_cut_short():
    thumbnail = encoded(".jpg")
    file = encoded(".jpg")
    inside = file[:2] + b"\xff\xe1" + struct.pack(">H", len(thumbnail) + 2) + thumbnail + file[2:]
    assert decode_picture(inside).shape == (48, 64, 3)
    with pytest.raises(PictureUnreadable):
        decode_picture(inside[:-40])


def test_a_small_file_that_claims_a_huge_picture_is_not_decoded():
    bomb = png_claiming(60_000, 60_000)
    assert picture_file.size(bomb) == (60_000, 60_000)
    with pytest.raises(PictureUnreadable):
        decode_picture(bomb)


@given(content=st.binary(max_size=400), start=st.sampled_from([b"", b"\xff\xd8\xff", picture_file.PNG, b"BM"]))
def test_no_bytes_make_the_header_reader_fail(content, start):
    file = start + content
    assert picture_file.size(file) is None or file.startswith((picture_file.JPEG, picture_file.PNG, picture_file.BMP))
    assert not picture_file.cut_short(file) or file.startswith((picture_file.JPEG, picture_file.PNG))


@given(position=st.integers(0, 2000), value=st.integers(0, 255))
def test_a_damaged_byte_gives_a_picture_or_the_one_error(position, value):
    file = bytearray(encoded(".jpg"))
    file[position % len(file)] = value
    with contextlib.suppress(PictureUnreadable):
        assert decode_picture(bytes(file)).dtype == np.uint8


def test_a_preview_fits_its_place_and_is_rgb():
    shown = preview(gradient(640, 480), 160, 400)
    assert (shown.width, shown.height) == (160, 120)
    assert len(shown.rgb) == 160 * 120 * 3
    assert shown.rgb[0] == 90  # red comes first


def test_without_a_height_the_width_decides():
    shown = preview(gradient(640, 480), 320)
    assert (shown.width, shown.height) == (320, 240)


def test_a_preview_is_never_enlarged():
    shown = preview(gradient(), 4000, 4000)
    assert (shown.width, shown.height) == (64, 48)


def saved(image, kind, **words):
    file = io.BytesIO()
    image.save(file, kind, **words)
    return file.getvalue()


def pixels():
    return Image.fromarray(gradient()[..., ::-1].copy())


def test_a_cmyk_picture_becomes_rgb_and_that_is_recorded():
    read = read_picture(saved(pixels().convert("CMYK"), "JPEG", quality=95))
    assert read.alterations == ("converted_to_srgb",)
    assert np.abs(read.picture.astype(int) - gradient().astype(int)).mean() < 12


def wider_profile():
    """The profile of a space whose red is sRGB's blue: nobody means it, everybody sees whether it was used."""
    swapped = srgb_profile().replace(b"rXYZ", b"keep").replace(b"bXYZ", b"rXYZ").replace(b"keep", b"bXYZ")
    return swapped.replace("sRGB".encode("utf-16-be"), "wide".encode("utf-16-be"))


def test_another_colour_space_is_converted_by_its_profile_and_srgb_is_left_alone():
    wide = wider_profile()
    plain = read_picture(saved(pixels(), "PNG"))
    other = read_picture(saved(pixels(), "PNG", icc_profile=wide))
    same = read_picture(saved(pixels(), "PNG", icc_profile=srgb_profile()))
    assert (plain.alterations, other.alterations, same.alterations) == ((), ("converted_to_srgb",), ())
    assert np.array_equal(same.picture, plain.picture)
    assert np.abs(other.picture.astype(int) - plain.picture.astype(int)).mean() > 2


def test_a_profile_that_is_none_leaves_the_picture_as_it_is():
    read = read_picture(saved(pixels(), "PNG", icc_profile=b"no profile at all" * 20))
    assert read.alterations == ()
    assert np.array_equal(read.picture, gradient())


def test_sixteen_bits_become_eight():
    deep = cv2.imencode(".png", gradient().astype(np.uint16) * 257)[1].tobytes()
    assert np.array_equal(decode_picture(deep), gradient())


def test_transparent_parts_are_white_and_that_is_recorded():
    clear = pixels().convert("RGBA")
    clear.putalpha(Image.new("L", clear.size, 0))
    read = read_picture(saved(clear, "PNG"))
    assert read.alterations == ("set_on_white",)
    assert read.picture.min() == 255
    opaque = read_picture(saved(pixels().convert("RGBA"), "PNG"))
    assert opaque.alterations == ()
    assert np.array_equal(opaque.picture, gradient())


def test_grey_and_palette_pictures_are_read():
    assert decode_picture(saved(pixels().convert("L"), "JPEG")).shape == (48, 64, 3)
    assert decode_picture(saved(pixels().convert("P"), "PNG")).shape == (48, 64, 3)


@pytest.mark.parametrize("kind", ["PNG", "GIF", "WEBP"])
def test_a_picture_that_moves_is_no_photo(kind):
    moving = saved(pixels(), kind, save_all=True, append_images=[Image.new("RGB", (64, 48), "red")], duration=80)
    with pytest.raises(PictureUnreadable):
        decode_picture(moving)


def test_a_hundred_megapixels_are_refused_before_they_are_decoded():
    vast = cv2.imencode(".jpg", np.zeros((48, 64), np.uint8))[1].tobytes()
    at = vast.index(b"\xff\xc0") + 5
    vast = vast[:at] + struct.pack(">HH", 10_000, 10_000) + vast[at + 4 :]
    assert picture_file.size(vast) == (10_000, 10_000)
    with pytest.raises(PictureUnreadable):
        decode_picture(vast)


def test_a_bomb_of_text_beside_a_small_picture_is_not_blown_up():
    file = encoded(".png")
    bomb = zlib.compress(bytes(60_000_000), 6)
    chunk = b"zTXt" + b"Comment\x00\x00" + bomb
    packed = file[:33] + struct.pack(">I", len(chunk) - 4) + chunk + struct.pack(">I", zlib.crc32(chunk)) + file[33:]
    assert len(packed) < 300_000
    tracemalloc.start()
    with contextlib.suppress(PictureUnreadable):
        decode_picture(packed)
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert most < 20_000_000


def test_a_place_in_the_file_is_noted_and_the_day_is_read():
    exif = Image.Exif()
    exif[ExifTags.IFD.Exif] = {ExifTags.Base.DateTimeOriginal: "2026:11:20 10:42:00"}
    exif[ExifTags.IFD.GPSInfo] = {ExifTags.GPS.GPSLatitudeRef: "N", ExifTags.GPS.GPSLatitude: (39.0, 54.0, 0.0)}
    read = read_picture(saved(pixels(), "JPEG", exif=exif, dpi=(350, 300)))
    assert read.notes == ("place",)
    assert read.taken == date(2026, 11, 20)
    assert read.dpi == 300
    plain = read_picture(encoded(".jpg"))
    assert (plain.notes, plain.taken) == ((), None)
