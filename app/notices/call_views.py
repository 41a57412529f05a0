"""Asking again, certificates where nothing is asked, messages to paste, and the school's own lines on its notices."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import force_locale
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from app import clock
from app.audit.actions import Reading, record_read
from app.checks.queries import latest_check
from app.children.queries import active_enrolment
from app.notices import passing, queries
from app.notices.actions import NotNow, Refusal
from app.notices.batching import BATCH
from app.notices.certificate_actions import certify
from app.notices.drawing import sheets_of
from app.notices.headings import heading_of, set_heading
from app.notices.models import ENDED
from app.notices.pages import SCHOOL, chosen_style, marked, pages, refused, sent, too_many
from app.notices.second_call import call_again, to_call_again
from app.notices.telling import asked_of
from app.notices.wording import refusal_words
from app.office import office
from app.people.access import admit, current_actor
from app.people.roles import Role
from app.people.scope import child_or_404, class_or_404
from app.schools.models import Organisation
from forms.paper.notice import NoticeSheet
from forms.web.headings import HeadingForm
from forms.wording import messages


@pages.post("/notices/<int:notice_id>/again")
@admit(*SCHOOL)
def again(notice_id: int) -> AnyResponse:
    with office().database.writing() as session:
        notice = queries.notice_or_404(session, current_actor(), notice_id)
        try:
            second = call_again(session, by=current_actor(), now=clock.now(), notice=notice)
        except NotNow as why:
            return refused(why, notice)
        flash(_("催种通知已经做好，还没有打印。原来的通知作废。"))
        return redirect(url_for("notices.show", notice_id=second.id), 303)


@pages.post("/classes/<int:class_id>/notices/again")
@admit(*SCHOOL)
def again_for_class(class_id: int) -> AnyResponse:
    """A second call for every child of the class of whom something is open; they are printed with the others."""
    actor = current_actor()
    with office().database.writing() as session:
        rows = queries.of_class(session, actor, class_or_404(session, actor, class_id))
        due = to_call_again(session, [row.notice for row in rows], clock.today())
        for notice in due:
            call_again(session, by=actor, now=clock.now(), notice=notice)
    flash(_("做好了 %(n)s 张催种通知，只列还没有办的。现在可以打印。", n=len(due)) if due else _("没有还要催的。"))
    return redirect(url_for("notices.of_class", class_id=class_id), 303)


@pages.post("/classes/<int:class_id>/certificates/print")
@admit(*SCHOOL)
def print_certificates(class_id: int) -> AnyResponse:
    """查验合格证明 or 查验证明 for every child of the class that passed, in class order."""
    actor, back = current_actor(), url_for("notices.of_class", class_id=class_id)
    with office().database.writing() as session:
        checks = passing.passed_in_class(session, actor, class_or_404(session, actor, class_id))
        if len(checks) > BATCH:
            return too_many(len(checks), back)
        try:
            made = [certify(session, by=actor, now=clock.now(), check=check) for check in checks]
        except NotNow as why:
            flash(refusal_words(why.refusal), "error")
            return redirect(back, 303)
        sheets = marked(session, made)
    if sheets:
        return sent(sheets, chosen_style())
    flash(_("这个班还没有种齐或无需补种的孩子。"), "error")
    return redirect(back, 303)


@pages.post("/children/<int:child_id>/certificate/print")
@admit(*SCHOOL)
def print_certificate(child_id: int) -> AnyResponse:
    actor = current_actor()
    with office().database.writing() as session:
        child = child_or_404(session, actor, child_id)
        enrolment = active_enrolment(session, actor, child.id)
        check = latest_check(session, enrolment.id) if enrolment else None
        if check is None:
            flash(_("还没有查验，先查验再打证明。"), "error")
            return redirect(url_for("checks.show", child_id=child_id), 303)
        try:
            made = certify(session, by=actor, now=clock.now(), check=check)
        except NotNow as why:
            flash(refusal_words(why.refusal), "error")
            return redirect(url_for("checks.show", child_id=child_id), 303)
        sheets = marked(session, [made])
    return sent(sheets, chosen_style())


@pages.get("/notices/<int:notice_id>/messages")
@admit(*SCHOOL)
def tell(notice_id: int) -> AnyResponse | str:
    """The notice as a text message and as words for the phone."""
    actor = current_actor()
    with office().database.writing() as session:
        notice = queries.notice_or_404(session, actor, notice_id)
        if notice.state in ENDED:
            return refused(NotNow(Refusal.ENDED), notice)
        record_read(session, by=actor, now=clock.now(), what=Reading.PAGE, subject=("child", notice.child_id))
        sheet: NoticeSheet = sheets_of(session, [notice], clock.today())[0]
    with force_locale("zh_CN"):  # families read Chinese
        sms, spoken = messages.as_sms(asked_of(sheet)), messages.to_say(asked_of(sheet))
    return render_template("notices/messages.html", paper=notice, sheet=sheet, sms=sms, spoken=spoken)


@pages.get("/classes/<int:class_id>/notices/messages")
@admit(*SCHOOL)
def tell_class(class_id: int) -> AnyResponse | str:
    """What goes to the class's group: no name and no number."""
    with office().database.reading() as session:
        school_class = class_or_404(session, current_actor(), class_id)
        school = session.get_one(Organisation, school_class.school_id)
        until = passing.recheck_of(session, school_class.school_id)
        if until is None:
            flash(_("现在没有进行中的查验批次。"), "error")
            return redirect(url_for("notices.of_class", class_id=class_id), 303)
        with force_locale("zh_CN"):
            texts = [messages.for_the_group(school.name, school_class.name, until, again) for again in (False, True)]
        return render_template("notices/class_message.html", school_class=school_class, texts=texts)


@pages.route("/notices/heading", methods=["GET", "POST"])
@admit(Role.SCHOOL_HEAD)
def heading() -> AnyResponse | str | tuple[str, int]:
    """The school's own lines; the rest of the sheet is fixed."""
    actor = current_actor()
    with office().database.writing() as session:
        now = heading_of(session, actor.organisation_id)
        form = HeadingForm(request.form, line=now.line, contact=now.contact)
        if request.method == "POST" and form.validate():
            set_heading(session, by=actor, now=clock.now(), school_id=actor.organisation_id, heading=form.heading)
            flash(_("已保存。以后打印的通知都用这两行。"))
            return redirect(url_for("notices.index"), 303)
        page = render_template("notices/heading.html", form=form)
    return (page, 422) if form.errors else page
