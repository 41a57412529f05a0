"""`scripts/recount`: is what the board keeps what the rows say? And puts it right if asked."""

import argparse
import sys

from sqlalchemy import select

from app import clock
from app.campaigns.models import Campaign
from app.config import Settings
from app.database import Database
from app.oversight.refreshing import differences, recount, refresh


def main() -> int:
    """0: equal, or put right; 1: different and left so."""
    parser = argparse.ArgumentParser(prog="scripts/recount")
    parser.add_argument("--repair", action="store_true")
    repair = parser.parse_args().repair
    database = Database(Settings.from_environment().database_url)
    wrong = 0
    with database.writing() as session:
        for campaign in session.scalars(select(Campaign).order_by(Campaign.id)):
            refresh(session, campaign, clock.today(), most=None)
            found = differences(session, campaign, clock.today())
            wrong += len(found)
            print(f"campaign {campaign.id}: {len(found)} classes differ from their rows")
            if found and repair:
                recount(session, campaign, clock.today())
                print(f"campaign {campaign.id}: counted anew")
    database.close()
    return 1 if wrong and not repair else 0


if __name__ == "__main__":
    sys.exit(main())
