"""A Chinese file with one broken byte is refused with its line, not read as another alphabet."""

import pytest

from custseg_helpers.reading.read import read_sheet
from custseg_helpers.words.text import UserError


def test_one_broken_byte_of_a_gbk_file_is_told_by_its_line(tmp_path):
    lines = ["订单号,会员号,下单日期,实付金额,备注"]
    lines += [f"B{n:03d},C{n % 4},2024-05-{n + 1:02d},{10 + n}.00,顺利到货" for n in range(20)]
    content = "\n".join(lines).encode("gb18030").split(b"\n")
    content[12] = content[12][:-1] + b"\xff"
    (tmp_path / "orders.csv").write_bytes(b"\n".join(content))
    with pytest.raises(UserError, match="13"):
        read_sheet(tmp_path / "orders.csv")
