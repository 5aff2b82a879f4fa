# The story and its questions.

steps = Steps of the story
step-of = Step { $step } of { $steps } · { $minutes } min
see-script = See the script
see-story = Back to the story
question = Question
see-what-happens = See what happens
just-show-me = Just show me
your-pick = Your pick
what-happened = What happened
tries = Try it yourself
fork = You are trying: { $name }
fork-return = Back to the story
details-of = Details of
select-anyone = Select anyone on the board.
