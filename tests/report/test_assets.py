import base64
import gzip
import hashlib
import os
import stat

from taskmix.report import install_assets
from taskmix.report.assets import packed_plotly_js, write_atomically


def test_the_installed_plotly_js_is_put_there_once(tmp_path):
    name = install_assets(tmp_path / "assets")
    file = tmp_path / "assets" / name
    assert name.startswith("plotly-")
    assert b"plotly.js v" in file.read_bytes()[:100]
    os.utime(file, (1, 1))
    assert install_assets(tmp_path / "assets") == name
    assert file.stat().st_mtime == 1
    assert [p.name for p in file.parent.iterdir()] == [name]


def test_half_a_file_is_replaced(tmp_path):
    file = tmp_path / install_assets(tmp_path)
    file.write_bytes(b"half")
    install_assets(tmp_path)
    assert file.stat().st_size > 1_000_000


def test_the_packed_script_unpacks_to_what_its_hash_names(tmp_path):
    packed, source = packed_plotly_js()
    script = gzip.decompress(base64.b64decode(packed))
    digest = base64.b64encode(hashlib.sha256(script).digest()).decode()
    assert source == f"'sha256-{digest}'"
    assert script == (tmp_path / install_assets(tmp_path)).read_bytes()


def test_a_file_written_atomically_can_be_read_by_others(tmp_path):
    write_atomically(tmp_path / "a" / "b.html", b"x")
    assert stat.S_IMODE((tmp_path / "a" / "b.html").stat().st_mode) == 0o644
