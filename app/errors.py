"""When something goes wrong: a page in plain words, and a log line that holds nobody's data."""

import logging
import traceback
from types import TracebackType
from typing import Any

from flask import Flask, render_template, request
from flask_babel import gettext as _
from flask_wtf.csrf import CSRFError
from markupsafe import Markup, escape
from werkzeug.exceptions import HTTPException

from app.giving_back import fields_to_give_back
from app.interface import problems
from app.parents.limits import OPEN_ROOMS

ExceptionInfo = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


def register(app: Flask) -> None:
    app.register_error_handler(CSRFError, _page_too_old)
    app.register_error_handler(HTTPException, _http_page)
    app.log_exception = lambda info: _log_without_content(app, info)  # type: ignore[method-assign,assignment]
    # The development server would log every address with its query string.
    logging.getLogger("werkzeug").setLevel(logging.ERROR)


def _words(code: int) -> tuple[str, str]:
    """What happened, and what to do now."""
    words = {
        400: (_("这次提交看不懂"), _("请返回上一页，看一看再交一次。")),
        403: (_("这一页不归您的账号管"), _("要用这一页，请找本单位的管理员开通。")),
        404: (_("没有找到这一页"), _("可能地址不对，也可能这条记录不在您的单位。")),
        405: (_("这一页不能这样打开"), _("请从首页的按钮进去。")),
        413: (_("文件太大"), _("请把文件分成几份，或者压缩图片后再传。")),
        429: (_("试得太多，歇一会儿"), _("请过几分钟再试。")),
    }
    if code in words:
        return words[code]
    if code < 500:
        return words[400]
    return _("系统出了故障"), _("已经保存过的内容还在。请稍后再试；还不行，请把现在的时间告诉管理员。")


def _words_to_families(code: int) -> tuple[str, str]:
    """They have no account, no administrator and no first page."""
    if code == 413:
        return _("填的内容太长"), _("每一格只要几个字或者几个数字，请再填一次。")
    if code >= 500:
        return _("系统出了故障"), _("请稍后再试；还不行，请问学校。")
    return _words(code)


def _http_page(error: HTTPException) -> Any:
    code = error.code or 500
    if code < 400:
        return error  # a redirect, not an accident
    if problems.is_ours():
        return problems.answer(error)
    words = _words_to_families(code) if request.blueprint in OPEN_ROOMS else _words(code)
    return _page(code, *words), code, _headers(error)


def _page_too_old(_error: CSRFError) -> Any:
    fields = fields_to_give_back()
    if fields is not None:
        return render_template("errors/again.html", fields=fields), 400
    title = _("这一页放得太久，没有交上")
    return _page(400, title, _("内容没有保存。请返回上一页，刷新后再交一次。")), 400


def _page(code: int, title: str, advice: str) -> str:
    try:
        # A family sees no door to the house's own rooms.
        frame = "errors/family.html" if request.blueprint in OPEN_ROOMS else "errors/error.html"
        return render_template(frame, code=code, title=title, advice=advice)
    except Exception:
        # The page's own frame may be what is broken (a database that is away): say it without a frame.
        if code < 500:
            raise
        return Markup(
            '<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>{0}</title><h1>{0}</h1><p>{1}</p>'
        ).format(escape(title), escape(advice))


def _headers(error: HTTPException) -> dict[str, str]:
    """What the protocol asks for beside the page: the allowed methods of a 405, the wait of a 429."""
    kept = {"Allow", "Retry-After"}
    return {name: value for name, value in error.get_headers() if name in kept}


def _log_without_content(app: Flask, info: ExceptionInfo) -> None:
    """Where it broke, never with what: an exception's message may quote a name, a URL may hold a search."""
    kind, _error, place = info
    frames = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(place)]
    where = request.url_rule.rule if request.url_rule else "no page"
    app.logger.error("%s in %s %s\n  %s", kind and kind.__name__, request.method, where, "\n  ".join(frames))
