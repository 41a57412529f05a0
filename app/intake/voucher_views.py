"""A scanned 接种凭证: its doses are shown beside the record; a person says which are kept."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from app import clock
from app.children.looking import look_at_child
from app.children.refusing import OnRecord
from app.intake.actions import keep_voucher, propose
from app.intake.views import DESK, pages
from app.office import office
from app.people.access import admit, current_actor
from app.vouchers.signing import LONGEST, VoucherRefused, looks_like_voucher
from app.vouchers.wording import refusal_words
from forms.wording import product_name


@pages.before_app_request
def lead_here() -> AnyResponse | None:
    """A gun types a voucher into the desk's field like any other code: the same request goes on to its page."""
    if request.endpoint == "desk.scan" and looks_like_voucher(request.form.get("code", "")):
        return redirect(url_for("intake.voucher"), 307)
    return None


@pages.post("/voucher")
@admit(*DESK)
def voucher() -> str | tuple[str, int]:
    try:
        with office().database.writing() as session:
            return _page(session, _code())
    except VoucherRefused as why:
        return render_template("intake/no_voucher.html", why=refusal_words(why)), 422


@pages.post("/voucher/keep")
@admit(*DESK)
def keep() -> AnyResponse | tuple[str, int]:
    chosen = {int(one) for one in request.form.getlist("doses") if one.isascii() and one.isdigit()}
    try:
        with office().database.writing() as session:
            child_id = propose(session, current_actor(), _code()).read.child_id
            kept = keep_voucher(session, by=current_actor(), now=clock.now(), code=_code(), chosen=chosen)
    except VoucherRefused as why:
        return render_template("intake/no_voucher.html", why=refusal_words(why)), 422
    except OnRecord:
        kept = []
    flash(_("已记 %(n)s 剂", n=len(kept)) if kept else _("没有新的剂次"))
    return redirect(url_for("desk.child", child_id=child_id), 303)


def _code() -> str:
    return request.form.get("code", "")[: 2 * LONGEST]


def _page(session: Session, code: str) -> str:
    proposal = propose(session, current_actor(), code)
    seen = look_at_child(session, by=current_actor(), now=clock.now(), child_id=proposal.read.child_id)
    return render_template("intake/voucher.html", code=code, proposal=proposal, seen=seen, product_name=product_name)
