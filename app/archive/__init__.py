"""Archive 归档: everything of a campaign in one file with hashes, and sealing the campaign afterwards."""
