"""Pictures in which a bolder reader once said something that does not stand there."""

import cv2
import numpy as np
import pytest

from app.intake.reading import read_codes
from scripts.bench_intake.hard_pictures import picture


@pytest.mark.parametrize("number", [134, 247, 455])
def test_no_wrong_text(number: int) -> None:
    hard = picture(number)
    grey = cv2.imdecode(np.frombuffer(hard.jpeg, np.uint8), cv2.IMREAD_GRAYSCALE)
    assert {one.text for one in read_codes(grey, budget=20)} <= {text for _kind, text in hard.codes}
