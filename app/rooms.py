"""The rooms of the house: every blueprint there is. A new package with pages is added here."""

from flask import Flask


def open_rooms(app: Flask) -> None:
    from app.archive.views import pages as archive
    from app.audit.replay_views import pages as replays
    from app.audit.views import pages as audit

    # These hang their pages in the room of the campaigns.
    from app.campaigns import bureau_views  # noqa: F401
    from app.campaigns import views as campaign_views  # noqa: F401
    from app.campaigns.pages import pages as campaigns
    from app.checks import why_views  # noqa: F401
    from app.checks.views import pages as checks

    # These hang their pages in the room of the children.
    from app.children import dose_views, identity_views, record_views, views  # noqa: F401
    from app.children.pages import pages as children

    # And these in the room of the health center.
    from app.clinic import care_views, session_views  # noqa: F401
    from app.clinic import child_views as clinic_child_views  # noqa: F401
    from app.clinic import views as clinic_views  # noqa: F401
    from app.clinic.pages import pages as clinic

    # And these in that of the desk.
    from app.desk import child_views, class_views, grid_views, scan_views, waiting_views  # noqa: F401
    from app.desk import views as desk_views  # noqa: F401
    from app.desk.pages import pages as desk
    from app.editions.views import pages as editions
    from app.inspection.views import deadlines, visits
    from app.intake import voucher_views  # noqa: F401
    from app.intake.views import pages as intake
    from app.interface import sending_views  # noqa: F401
    from app.interface.token_views import pages as tokens
    from app.interface.views import pages as interface
    from app.jobs.views import pages as jobs
    from app.languages import pages as languages
    from app.merging.views import pages as merging
    from app.notices import call_views, print_views  # noqa: F401
    from app.notices import views as _notice_views  # noqa: F401
    from app.notices.pages import pages as notices
    from app.oversight import hint_views, school_views  # noqa: F401
    from app.oversight import views as _board_views  # noqa: F401
    from app.oversight.pages import pages as oversight
    from app.parents import rehearsal_views  # noqa: F401
    from app.parents import views as _family_views  # noqa: F401
    from app.parents.pages import pages as parents
    from app.parents.pages import rehearsal_pages as rehearsals
    from app.people.user_views import pages as users
    from app.people.views import pages as people
    from app.practice.views import pages as practice
    from app.rechecks.views import pages as rechecks
    from app.reconciling.views import pages as reconciling
    from app.registry.views import pages as registry
    from app.reports.views import pages as reports
    from app.retention.views import pages as retention
    from app.roster import after_views  # noqa: F401
    from app.roster.views import pages as roster
    from app.schools.views import pages as schools
    from app.sheets.views import pages as sheets
    from app.spotchecks.views import pages as spot_checks

    at_the_desk = (children, checks, desk, intake, merging, rechecks)
    at_school = (*at_the_desk, notices, reports, sheets, roster, registry, reconciling)
    everywhere = (languages, people, users, tokens, interface, schools, rehearsals)
    watching = (oversight, editions, audit, replays, deadlines, visits, spot_checks)
    kept = (jobs, archive, retention)
    for pages in (*everywhere, campaigns, practice, *at_school, clinic, *kept, *watching):
        app.register_blueprint(pages)
    if app.extensions["chayan"].settings.public_address:
        app.register_blueprint(parents)
    if app.extensions["chayan"].settings.demo:
        from app.kit import pages as kit

        app.register_blueprint(kit)
