"""Arrays in another order of the axes: refused with the one that fits, and nothing is guessed."""

from __future__ import annotations

import re

import numpy as np
import pytest
import scipy.io
from command_line import one_sentence, run
from hypothesis import given, settings

from exactsteer import InputError
from exactsteer.formats import from_arrays, read_input
from exactsteer.formats.axes import Order
from exactsteer.formats.writing import to_arrays
from exactsteer.kernel.scenario import Scenario
from exactsteer.model.assemblage_text import printed
from exactsteer.model.named import monogamy
from exactsteer.proving.repair import repair
from exactsteer.testing import assemblages


def arrays_of(sigma) -> list[np.ndarray]:
    return [a for name, a in to_arrays(printed(sigma))[0].items() if name.startswith("sigma")]


ZX, ZXY = arrays_of(monogamy("ZX")), arrays_of(monogamy("ZXY"))
# Independent Alices and a diagonal state, which no other order leaves an assemblage.
P, Q = np.array([[0.9, 0.3], [0.1, 0.7]]), np.array([[0.6, 0.2], [0.4, 0.8]])
TWO_ALICES = [np.einsum("ax,by,ij->abxyij", P, Q, np.diag([0.9, 0.1]))]
ONE_SETTING = [a[:, 1:] for a in ZX]
NO_CHOICE = [a[:, :, :, :1] for a in TWO_ALICES]
# What is given, the order that is named, and how numpy gets it right.
OTHERS = {
    "settings first": ([a.swapaxes(0, 1) for a in ZXY], "(|X|, |A|, d, d)"),
    "settings first, as many as outcomes": (
        [np.array([[z[0], z[1]], [x[0], x[1]]]) for z, x in [(a[:, 0], a[:, 1]) for a in ZX]],
        "(|X|, |A|, d, d)",
    ),
    "matrix first": ([a.transpose(2, 3, 0, 1) for a in ZXY], "(d, d, |A|, |X|)"),
    "matrix first, settings first": ([a.transpose(2, 3, 1, 0) for a in ZXY], "(d, d, |X|, |A|)"),
    "ambiguous": ([a.transpose(2, 3, 0, 1) for a in ZX], "(d, d, |A|, |X|)"),
    "squeezed": ([a[:, 0] for a in ONE_SETTING], "(|A|, d, d) with |X| = 1"),
    "squeezed, matrix first": (
        [a[:, 0].transpose(1, 2, 0) for a in ONE_SETTING],
        "(d, d, |A|) with |X| = 1",
    ),
    "party by party": (
        [a.transpose(0, 2, 1, 3, 4, 5) for a in TWO_ALICES],
        "(|A_1|, |X_1|, |A_2|, |X_2|, d, d)",
    ),
    "two Alices, matrix first": (
        [a.transpose(4, 5, 0, 1, 2, 3) for a in TWO_ALICES],
        "(d, d, |A_1|, |A_2|, |X_1|, |X_2|)",
    ),
    "two Alices, squeezed": (
        [a[:, :, :, 0] for a in NO_CHOICE],
        "(|A_1|, |A_2|, |X_1|, d, d) with |X_2| = 1",
    ),
}


@pytest.mark.parametrize("name", OTHERS)
def test_the_order_that_fits_is_named(name: str) -> None:
    arrays, order = OTHERS[name]
    with pytest.raises(InputError) as caught:
        from_arrays(arrays)
    said = str(caught.value)
    assert f"they fit the order {order}" in said
    if "--layout steeringreview" in said:
        again = from_arrays(arrays, layout="steeringreview")
    else:
        steps = re.search(r"numpy's (\S*?\([^)]*\)(?:\.reshape\([^)]*\))?)", said)[1]
        again = from_arrays([eval(f"a{steps}", {"a": a}) for a in arrays])
    expected = {"squeezed": ONE_SETTING, "two Alices, squeezed": NO_CHOICE, "ambiguous": ZX}
    expected["settings first, as many as outcomes"] = ZX
    expected["squeezed, matrix first"] = ONE_SETTING
    whole = TWO_ALICES if arrays[0].ndim == 6 else ZXY
    assert again == from_arrays(expected.get(name, whole))


def test_a_wrong_layout_is_told_of_the_usual_order() -> None:
    with pytest.raises(InputError, match=re.escape("they fit the order (|A|, |X|, d, d)")):
        from_arrays(ZX, layout="steeringreview")


@settings(max_examples=25)
@given(assemblages())
def test_what_is_in_order_is_read_whatever_else_would_fit(sigma) -> None:
    assert from_arrays(arrays_of(sigma), outcomes=sigma.scenario.outcomes).scenario.N >= 1


def test_noise_is_not_taken_for_a_wrong_order() -> None:
    rng = np.random.default_rng(3)
    noisy = [a + 0.05 * rng.normal(size=a.shape) for a in ZX]
    assert from_arrays(noisy).scenario == Scenario(((2, 2),), (2, 2))


def test_noisy_numbers_in_a_wrong_order_are_told_of_it() -> None:
    rng = np.random.default_rng(3)
    noisy = [a.transpose(2, 3, 0, 1) + 0.003 * rng.normal(size=a.shape) for a in ZX]
    with pytest.raises(InputError, match=r"\(d, d, \|A\|, \|X\|\), which --layout"):
        from_arrays(noisy)


def test_no_order_is_named_where_none_fits() -> None:
    for a in (np.ones((2, 2, 2, 2)), np.ones((2, 3, 4)), np.ones((3, 2, 2, 2, 2)), np.ones(3)):
        with pytest.raises(InputError) as caught:
            repair(from_arrays([a]))
        assert "order" not in str(caught.value)


@pytest.mark.filterwarnings("error")
def test_numbers_of_every_size_and_type_are_looked_at_without_a_warning() -> None:
    for a in (
        np.full((2, 2, 2, 2), 1e308),
        np.full((2, 2, 2, 2), np.longdouble(1e308) * 10),
        np.arange(16, dtype=np.uint8).reshape(2, 2, 2, 2),
    ):
        with pytest.raises(InputError) as caught:
            repair(from_arrays([a]))
        assert "order" not in str(caught.value)
    whole = np.zeros((2, 1, 2, 2), dtype=np.uint8)
    whole[0, 0, 0, 0] = 1
    assert repair(from_arrays([whole])).distance == 0


def test_every_order_is_undone() -> None:
    a = np.arange(2 * 3 * 4 * 5 * 6 * 6).reshape(2, 3, 4, 5, 6, 6)
    order = Order(2, ("X_2", "d", "d'", "A_1", "X_1", "A_2"))
    assert np.array_equal(order.arranged(a.transpose(3, 4, 5, 0, 2, 1)), a)


def test_files_of_matlab(tmp_path) -> None:
    """A setting's axis that squeeze has taken away; a shape that both layouts have."""
    scipy.io.savemat(tmp_path / "squeezed.mat", {"sigma": ONE_SETTING[0][:, 0]})
    scipy.io.savemat(tmp_path / "both.mat", {"sigma": ZX[0].transpose(2, 3, 0, 1)})
    one_sentence(run("certify", tmp_path / "squeezed.mat"), 2, "got (2, 2, 2)", ".reshape(2, 1, 2")
    refused = run("certify", tmp_path / "both.mat", "--tolerance", "1")
    one_sentence(refused, 2, "which --layout steeringreview reads")
    given_ = read_input(tmp_path / "both.mat", layout="steeringreview")
    assert given_.families[0] == from_arrays(ZX).families[0]
