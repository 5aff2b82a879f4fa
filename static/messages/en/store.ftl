work-title = Your work
work-documents = Scenarios in this browser
work-no-documents = Nothing yet. Whatever you change is kept here by itself.
work-new = New
work-open = Open
work-fork = Keep a fork
work-compare = Compare
work-compare-name = Compare with: { $name }
work-look = Look at it
work-remove = Remove
work-remove-name = Remove { $name }
work-remove-really = Remove for good
work-untitled = Untitled
work-copy = { $name } ({ $copy })
work-recovered = Its newest text was damaged; this is the one before.
work-versions = Earlier versions
work-no-versions = None yet. One is kept every few minutes while you change things.
work-first-version = The first one kept
work-line-changed = Line { $line }: { $says }
work-line-gone = Line { $line } taken out: { $says }
work-replaced = Before another text took its place
work-restore = Bring back
work-damaged = { $count ->
    [one] One entry of this browser’s storage is damaged. The rest is whole.
   *[other] { $count } entries of this browser’s storage are damaged. The rest is whole.
}
work-salvage = Save what is left as a file
work-discard = Take it away

work-saving = Saving…
work-saved = Saved
work-apart = Saved. This scenario was also changed in another window. Both are kept: yours goes on as one of its own.
work-refused = This browser will not keep your work.
work-full = This browser’s storage is full: your last change is not kept.
work-failed = This browser’s storage failed: your last change is not kept.
work-download = Download

file-open = Open a file
file-drop-here = Drop the scenario here
file-too-large = This file has { $size } MB. A scenario has at most 1 MB, so it was not read.
file-not-text = This file is not UTF-8 text: it goes wrong on line { $line }, at byte { $byte } of it. Save it as UTF-8 and open it again.
file-unreadable = This browser could not read the file.
