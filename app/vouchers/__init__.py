"""Vouchers 接种凭证: the doses just given, signed so that a school's desk can believe the sheet it scans."""
