"""Commands at the console: python -m app.cli <command>. What a command needs is imported when it runs, not before."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from app.office import Office


@click.group()
def main() -> None:
    """查验 at the console. Settings come from the environment, as for the server."""


@main.command()
def migrate() -> None:
    """Bring the tables to their newest form; does nothing when they have it."""
    from app import migrating
    from app.config import Settings
    from app.database import Database

    settings = Settings.from_environment()
    settings.data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
    database = Database(settings.database_url)
    before = migrating.current(database)
    migrating.upgrade(database)
    after = migrating.current(database)
    click.echo(
        f"The tables are at step {after}." if before == after else f"The tables went from step {before} to {after}."
    )


@main.command("add-organisation")
@click.option("--kind", required=True, type=click.Choice(["bureau", "cdc", "health_center", "school"]))
@click.option("--name", required=True, help="Full name, as on paper.")
@click.option("--area", "area_code", required=True, help="GB/T 2260 code of its area, such as 330199.")
@click.option("--area-name", help="Name of the area, if it is new here.")
@click.option("--supervisor", type=int, help="Number of the bureau over a school, of the CDC over a health center.")
def add_organisation(kind: str, name: str, area_code: str, area_name: str | None, supervisor: int | None) -> None:
    """Add an organisation; prints its number. The first one is how a new installation begins."""
    from app import clock
    from app.schools import actions
    from app.schools.models import Organisation, OrganisationKind

    with _open_office() as office, office.database.writing() as session, _sentences():
        now = clock.now()
        code = actions.settle_area(session, by=None, now=now, code=area_code, name=area_name)
        place = Organisation(kind=OrganisationKind(kind), name=name, area_code=code, supervisor_id=supervisor)
        actions.add_organisation(session, by=None, now=now, organisation=place)
        click.echo(f"{place.name} is organisation {place.id}.")


@main.command("create-admin")
@click.option("--organisation", "organisation_id", type=int, required=True, help="Number of the organisation.")
@click.option("--sign-in-name", required=True, help="What the person types to sign in (工号).")
@click.option("--shown-name", required=True, help="What colleagues see.")
def create_admin(organisation_id: int, sign_in_name: str, shown_name: str) -> None:
    """Add an administrator of an organisation and everything under it; prints a one-time password."""
    from app import clock
    from app.people import actions, passwords
    from app.people.roles import Role
    from app.people.signing_in import plain_name
    from app.schools.models import Organisation

    one_time = passwords.one_time_password()
    with _open_office() as office, office.database.writing() as session, _sentences():
        organisation = session.get(Organisation, organisation_id)
        if organisation is None:
            raise click.ClickException(f"There is no organisation {organisation_id}: add it with add-organisation.")
        user = actions.add_user(
            session,
            by=None,
            now=clock.now(),
            organisation=organisation,
            sign_in_name=plain_name(sign_in_name),
            shown_name=shown_name,
            role=Role.ADMINISTRATOR,
            password_hash=passwords.hash_password(one_time),
        )
        click.echo(f"Sign in as {user.sign_in_name} with {one_time} and choose a password of your own.")


@main.command("list-organisations")
def list_organisations() -> None:
    """Print every organisation with its number."""
    from sqlalchemy import select

    from app.schools.models import Organisation

    with _open_office() as office, office.database.reading() as session:
        for place in session.scalars(select(Organisation).order_by(Organisation.id)):
            click.echo(f"{place.id}\t{place.kind}\t{place.name}")


@main.command("load-demo")
def load_demo() -> None:
    """Fill an empty installation with a made-up district (CHAYAN_DEMO=1); prints who may sign in."""
    from app.demo import loading
    from app.demo.accounts import accounts_text

    with _open_office() as office, _sentences():
        loading.load(office.settings, office.database)
        click.echo(accounts_text(loading.samples_in(office.settings)))


@main.command("work")
@click.option("--with-parent", is_flag=True, help="End when the process that started this one ends (the demo).")
def work(with_parent: bool) -> None:
    """Do the long work (printing a school, archives) until told to stop. Keep one running beside the server."""
    import logging

    from app.config import Settings
    from app.jobs.worker import run

    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    settings = Settings.from_environment()
    with _open_office():
        pass
    run(settings, with_parent=with_parent)


@contextmanager
def _open_office() -> "Iterator[Office]":
    from app import migrating
    from app.config import Settings
    from app.office import Office

    office = Office.open(Settings.from_environment())
    if migrating.current(office.database) != migrating.newest():
        raise click.ClickException("The tables are not in their newest form: run  python -m app.cli migrate  first.")
    try:
        yield office
    finally:
        office.database.close()


@contextmanager
def _sentences() -> Iterator[None]:
    """What an action refuses is a sentence for the person at the console, not a stack trace."""
    try:
        yield
    except ValueError as refusal:
        raise click.ClickException(str(refusal)) from None


if __name__ == "__main__":
    main()
