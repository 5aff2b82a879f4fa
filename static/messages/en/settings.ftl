# Settings, shortcuts, facts about the run.

theme = Theme
theme-system = As the system
theme-light = Light
theme-dark = Dark
language = Language
language-browser = As the browser
single-keys = Single-key shortcuts
shortcuts = Keyboard shortcuts
shortcut-play = Play or pause
shortcut-beats = One event back or on
shortcut-steps = One step of the story back or on
shortcut-start = To the start
shortcut-end = To the end, or to the next question
shortcut-undo = Undo
shortcut-redo = Redo
shortcut-help = This list
shortcut-close = Close what is open
about-run = About this run
about-engine = Engine
about-preset = Rules
about-seed = Seed
about-length = Facts
about-digest = Digest of the log
