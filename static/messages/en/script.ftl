script-title = Script
script-label = The scenario as a script
script-keys = Suggestions appear while you type: choose with the arrow keys, take one with Tab or Enter, close them with Escape. Ctrl+Space asks for them. Otherwise Tab leaves the script.
script-help = Put the caret on a word to see what it means. Ctrl+Space suggests what can stand here.
script-offers = Suggestions
script-remarks = What is wrong
script-undo = Undo
script-redo = Redo
script-format = Tidy up
script-line = Line { $line }
script-use = Use { $text }
script-take-out = Take it out
script-fine = Every line can be played.
script-errors = { $count ->
    [one] One line is wrong.
   *[other] { $count } places are wrong.
}
script-warnings = { $count ->
    [one] One remark.
   *[other] { $count } remarks.
}
script-waits = { $count ->
    [one] What stands below waits for line { $line }.
   *[other] { $count } places are wrong. What stands below waits for line { $line }.
}
