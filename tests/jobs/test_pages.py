"""The pages of long work: starting, looking on without a script, stopping, fetching; and whose it is."""

import pytest
from flask.testing import FlaskClient

from app.jobs.actions import sign_of_life
from app.jobs.models import JobState
from tests.conftest import SignIn
from tests.jobs.conftest import CHILDREN, School
from tests.notices.september import DAY, at

ALL = sum(CHILDREN.values())


@pytest.fixture
def clerk(client: FlaskClient, school: School, sign_in: SignIn) -> FlaskClient:
    sign_in(client, school.district.users["clerk"])
    return client


def test_from_the_notices_to_the_files(clerk: FlaskClient, school: School) -> None:
    assert "/jobs" in clerk.get("/notices").text
    start = clerk.get("/jobs").text
    assert f"打印没打过的 {ALL} 张" in start
    answer = clerk.post("/jobs/notices", data={"which": "new", "merged": "1"})
    assert answer.status_code == 303
    page = clerk.get(answer.location).text
    assert f"0 / {ALL}" in page
    assert 'http-equiv="refresh"' in page
    assert "后台程序没有在运行" in page
    with school.database.writing() as session:
        sign_of_life(session, now=at(DAY))
    assert "后台程序没有在运行" not in clerk.get(answer.location).text
    school.work(1)
    page = clerk.get(answer.location).text
    assert f"{ALL} / {ALL}" in page
    assert "http-equiv" not in page
    assert page.index("一（1）班") < page.index("一（2）班") < page.index("全部，一个文件")
    file = clerk.post(f"{answer.location}/files/3")
    assert file.data.startswith(b"%PDF")
    assert file.headers["Content-Disposition"] == "attachment; filename=notices-1-all.pdf"
    assert "再取一次" in clerk.get(answer.location).text


def test_nothing_new_says_so(clerk: FlaskClient, school: School) -> None:
    clerk.post("/jobs/notices", data={"which": "new"})
    school.work(1)
    answer = clerk.post("/jobs/notices", data={"which": "new"}, follow_redirects=True)
    assert "没有要打印的通知" in answer.text
    assert "打印没打过的" not in answer.text


def test_stopped_and_taken_up_again(clerk: FlaskClient, school: School) -> None:
    clerk.post("/jobs/notices", data={"which": "all"})
    assert "接着做" in clerk.post("/jobs/1/cancel", follow_redirects=True).text
    school.work(1)
    assert school.prints() == [0] * ALL
    assert "停下" in clerk.post("/jobs/1/go-on", follow_redirects=True).text
    school.work(1)
    assert school.job(1).state is JobState.DONE


def test_a_file_that_is_gone_is_a_sentence(clerk: FlaskClient, school: School) -> None:
    clerk.post("/jobs/notices", data={"which": "all"})
    school.work(1)
    for path in (school.settings.data_dir / "jobs").glob("*.sealed"):
        path.unlink()
    assert "已经删掉了" in clerk.post("/jobs/1/files/1", follow_redirects=True).text


def test_a_clerk_of_one_class_prints_that_class(client: FlaskClient, school: School, sign_in: SignIn) -> None:
    sign_in(client, school.district.users["class_clerk"])
    client.post("/jobs/notices", data={"which": "all"})
    assert school.job(1).total == CHILDREN["near_1"]


def test_the_cdc_prints_its_district_by_school_and_class(client: FlaskClient, school: School, sign_in: SignIn) -> None:
    sign_in(client, school.district.users["cdc_doctor"])
    client.post("/jobs/notices", data={"which": "all"})
    school.work(1)
    assert school.job(1).done == ALL
    assert "近水小学 一（1）班" in client.get("/jobs/1").text


def test_a_colleague_of_the_same_school_does_not_see_it(client: FlaskClient, school: School, sign_in: SignIn) -> None:
    school.ask("clerk")
    sign_in(client, school.district.users["school_head"])
    assert client.get("/jobs/1").status_code == 404
    assert client.post("/jobs/1/cancel").status_code == 404
