from sscard_desk.paper.fitting import fit, wrap
from sscard_desk.paper.fonts import regular


def test_a_short_text_keeps_its_size_and_a_longer_one_becomes_smaller_before_it_breaks() -> None:
    face = regular()
    assert fit("李四", face, 100, 20, 10, 6) == fit("李四", face, 90, 20, 10, 6)
    slightly = fit("字" * 11, face, 100, 30, 10, 6)
    assert slightly is not None
    assert len(slightly.lines) == 1
    assert 8 < slightly.size < 10


def test_a_long_text_is_broken_and_then_made_smaller_until_it_fits() -> None:
    made = fit("字" * 40, regular(), 100, 30, 10, 5)
    assert made is not None
    assert len(made.lines) > 1
    assert made.height <= 30
    assert "".join(made.lines) == "字" * 40


def test_what_does_not_fit_is_not_cut_off() -> None:
    assert fit("字" * 400, regular(), 100, 30, 10, 5) is None


def test_no_line_begins_with_a_closing_mark_or_ends_with_an_opening_one() -> None:
    lines = wrap("示例示例，示例（示例）示例", regular(), 40, 10)
    assert all(line[0] not in "，）" and line[-1] != "（" for line in lines)


def test_a_long_address_is_broken_behind_its_marks() -> None:
    lines = wrap("someone@mail.example-organisation.com", regular(), 90, 10)
    assert all(line[-1] in "@.-" for line in lines[:-1])


def test_latin_words_stay_whole_where_they_can() -> None:
    assert wrap("one twothree four", regular(), 50, 10) == ("one", "twothree", "four")
