"""How much a picture may ask for. Everything beyond is refused with a sentence, before it costs anything."""

MB = 1024 * 1024

LARGEST_FILE = 15 * MB
MOST_PIXELS = 40_000_000
LONGEST_SIDE = 12_000
MOST_PAGES = 10
#: Files sent at once; a browser with a script sends them one by one.
MOST_FILES = 30

#: A page of a PDF is drawn so that its longer side has this many pixels: 240 dpi for A4.
PAGE_PIXELS = 2_800

#: The reading process: address space, processor seconds and patience for one file, and after how many it makes way.
MEMORY = 1536 * MB
PROCESSOR_SECONDS = 20
PATIENCE = 25.0
FILES_A_PROCESS = 400
