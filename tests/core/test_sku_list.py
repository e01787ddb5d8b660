"""SKUs in one text, there and back."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from workbench.core.sku_list import joined, parted


def test_a_sku_with_a_sign_that_parts_stands_in_quotation_marks():
    assert joined(("LAMP", "red dress, M", 'an "x"')) == 'LAMP "red dress, M" "an ""x"""'
    assert parted('LAMP，"red dress, M"  LAMP,, MUG') == ("LAMP", "red dress, M", "MUG")


@given(
    st.lists(st.text(st.characters() | st.sampled_from(' ",，'), min_size=1).map(str.strip).filter(bool), unique=True)
)
def test_what_is_joined_is_parted_again(skus):
    assert parted(joined(skus)) == tuple(skus)
