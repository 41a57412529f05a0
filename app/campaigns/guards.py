"""What belongs to a campaign and stays as it is once that is sealed, table by table. A new one adds a line here.

Imported by `app.tables`, so that no program that knows the tables goes without. Checks belong to an enrolment, not to a
campaign: `app.checks.actions` asks before it saves one, and the database lets nobody change one anyway.
"""

from sqlalchemy import select

from app.campaigns.sealing import keep
from app.notices.models import Notice, NoticeItem
from app.reports.models import Report, ReportRow

keep(Notice, lambda notice: notice.campaign_id)
keep(NoticeItem, lambda item: select(Notice.campaign_id).where(Notice.id == item.notice_id).scalar_subquery())
keep(Report, lambda report: report.campaign_id)
keep(ReportRow, lambda row: select(Report.campaign_id).where(Report.id == row.report_id).scalar_subquery())
