"""The optional YuNet model: no package ships one, so what is missing or is another net is refused in words.

A genuine model can be tried with `SSCARD_DESK_YUNET=FILE`.
"""

import os
from importlib.util import find_spec
from pathlib import Path

import cv2
import pytest

from sscard_desk.domain.errors.station import ExaminerFileMissing, ExaminerFileWrong
from sscard_desk.domain.portrait import Grade
from sscard_desk.imaging.rules import with_rules_of
from sscard_desk.imaging.studio import Studio
from sscard_desk.imaging.yunet import YuNet
from sscard_desk.ports.devices import Health
from sscard_desk.ports.portrait_examiner import PortraitExaminer


def other_net() -> Path:
    """A genuine ONNX file that is no YuNet: a text recognition's."""
    spec = find_spec("rapidocr")
    assert spec is not None
    assert spec.origin is not None
    return min((Path(spec.origin).parent / "models").glob("*cls*.onnx"))


def test_a_model_that_is_not_there_is_missing(tmp_path, scene):
    examiner: PortraitExaminer = YuNet(tmp_path / "no.onnx")
    assert (examiner.probe().health, type(examiner.probe().trouble)) == (Health.WARNING, ExaminerFileMissing)
    with pytest.raises(ExaminerFileMissing):
        YuNet(tmp_path / "no.onnx").count(scene("person-00"))


def test_a_file_that_is_no_yunet_is_refused(tmp_path, scene):
    (tmp_path / "empty.onnx").write_bytes(b"")
    (tmp_path / "noise.onnx").write_bytes(bytes(range(256)) * 40)
    for file in (tmp_path / "empty.onnx", tmp_path / "noise.onnx", other_net()):
        with pytest.raises(ExaminerFileWrong):
            YuNet(file).count(scene("person-00"))


def test_a_broken_second_opinion_leaves_its_rule_unmeasured_and_portraits_possible(tmp_path, rules, scene):
    examiner = YuNet(tmp_path / "no.onnx")
    both = with_rules_of(rules, [examiner.key])
    made = Studio(both, [examiner]).make(scene("person-00"))
    assert made.acceptable
    assert [verdict.grade for verdict in made.verdicts if verdict.rule == "faces_yunet"] == [Grade.UNSEEN]
    with pytest.raises(ExaminerFileMissing):
        Studio(both, [examiner], strict=True).make(scene("person-00"))


def test_a_second_opinion_is_judged_and_recorded(rules, scene):
    class Two:
        key = "yunet"

        def measures(self, picture):
            assert picture.startswith(b"\xff\xd8")
            return {"faces_yunet": 2.0}

    made = Studio(with_rules_of(rules, ["yunet"]), [Two()]).make(scene("person-00"))
    assert (made.acceptable, made.measures["faces_yunet"]) == (False, 2.0)


@pytest.mark.skipif("SSCARD_DESK_YUNET" not in os.environ, reason="the operator supplies the model")
def test_a_genuine_model_counts_faces(scene):
    one = scene("person-00")
    examiner = YuNet(Path(os.environ["SSCARD_DESK_YUNET"]))
    assert (examiner.count(one), examiner.count(cv2.hconcat([one, one]))) == (1, 2)
