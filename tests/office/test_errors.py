"""When something goes wrong: plain words on the page, nobody's data in the log."""

import logging

import pytest
from flask import Flask, abort, request
from flask.testing import FlaskClient
from sqlalchemy import text

from app.office import office
from app.people.access import open_to_all
from tests.district import District

NAME = "林小河"


@pytest.mark.parametrize(
    ("code", "says"),
    [
        (400, "这次提交看不懂"),
        (403, "这一页不归您的账号管"),
        (404, "没有找到这一页"),
        (405, "这一页不能这样打开"),
        (413, "文件太大"),
        (429, "试得太多"),
        (418, "这次提交看不懂"),
        (500, "系统出了故障"),
        (503, "系统出了故障"),
    ],
)
def test_every_refusal_is_a_page_in_plain_words(app: Flask, client: FlaskClient, code: int, says: str) -> None:
    app.add_url_rule("/refuse", "refuse", open_to_all(lambda: abort(code)))
    answer = client.get("/refuse")
    assert answer.status_code == code
    assert says in answer.text
    assert 'lang="zh-CN"' in answer.text


def test_a_page_that_is_not_there_keeps_the_frame_of_whoever_asks(client: FlaskClient, district, sign_in) -> None:
    assert "退出" not in client.get("/nowhere").text
    sign_in(client, district.users["clerk"])
    assert "退出" in client.get("/nowhere").text


def test_a_method_that_is_not_there_says_which_are(client: FlaskClient) -> None:
    answer = client.delete("/sign-in")
    assert answer.status_code == 405
    assert set(answer.headers["Allow"].split(", ")) == {"GET", "HEAD", "OPTIONS", "POST"}


def test_too_large_a_body_is_refused_before_it_is_read(client: FlaskClient, app: Flask) -> None:
    app.config["MAX_CONTENT_LENGTH"] = 1000
    app.config["WTF_CSRF_ENABLED"] = True
    answer = client.post("/sign-in", data={"name": "x" * 2000})
    assert answer.status_code == 413
    assert "文件太大" in answer.text


@pytest.fixture
def breaking(app: Flask) -> Flask:
    """A page that breaks with a name in its message, its statement and its address."""
    app.testing = False

    def broken() -> None:
        name = request.args["q"]
        with office().database.reading() as session:
            session.execute(text("SELECT :name FROM no_such_table"), {"name": name})

    app.add_url_rule("/broken/<who>", "broken", open_to_all(lambda who: broken()))
    return app


def test_the_page_of_a_breakdown_tells_nothing(breaking: Flask, client: FlaskClient) -> None:
    answer = client.get(f"/broken/{NAME}", query_string={"q": NAME})
    assert answer.status_code == 500
    assert "系统出了故障" in answer.text
    for secret in (NAME, "Traceback", "no_such_table", "sqlalchemy", ".py"):
        assert secret not in answer.text


def test_the_log_of_a_breakdown_says_where_and_never_with_what(
    breaking: Flask, client: FlaskClient, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        client.get(f"/broken/{NAME}", query_string={"q": NAME})
    assert "Error in GET /broken/<who>" in caplog.text
    assert "test_errors.py" in caplog.text
    for secret in (NAME, "%E6%9E%97", "?q=", "no_such_table"):
        assert secret not in caplog.text


def test_when_even_the_frame_is_broken_the_page_still_speaks(
    app: Flask, client: FlaskClient, district: District, sign_in, monkeypatch
) -> None:
    sign_in(client, district.users["clerk"])
    app.testing = False
    app.add_url_rule("/broken", "broken", open_to_all(lambda: 1 / 0))
    monkeypatch.setattr("app.frame._frame", lambda: 1 / 0)
    answer = client.get("/broken")
    assert answer.status_code == 500
    assert "系统出了故障" in answer.text


def test_a_visit_leaves_no_line_in_any_log(client: FlaskClient, caplog: pytest.LogCaptureFixture, district) -> None:
    with caplog.at_level(logging.INFO):
        client.get("/sign-in?next=/users")
        client.post("/sign-in", data={"name": NAME, "password": "x"})
    assert caplog.text == ""
