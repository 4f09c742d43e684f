"""The words of Angoff workshops."""

from training.exams.rules.workshops import WorkshopRefusal, WorkshopState
from training.web.wording import give_words

WORKSHOP_STATES = {
    WorkshopState.JUDGING: ("Round one", "info"),
    WorkshopState.REVISING: ("Round two", "info"),
    WorkshopState.CLOSED: ("Closed", "good"),
    WorkshopState.CALLED_OFF: ("Called off", "neutral"),
}
"""Where a workshop stands, in words and with the tone of its badge."""

give_words(
    {
        WorkshopRefusal.TOO_FEW_JUDGES: "Call at least two judges: one alone differs from nobody. From eight on a cut may rest on what they say.",
        WorkshopRefusal.TOO_MANY_JUDGES: "At most {most} people judge in one workshop. Call fewer.",
        WorkshopRefusal.MAY_NOT_JUDGE: "Only trainers and QA see what exams ask, so these cannot be called: {names}.",
        WorkshopRefusal.QUESTION_UNKNOWN: "The bank has no such question: {named}. Check the ids; each stands on a line of its own.",
        WorkshopRefusal.TOO_MANY_QUESTIONS: "{count} questions are more than anybody judges with care; {most} at most. Take one form, or name them.",
        WorkshopRefusal.CANNOT_FILL: "The bank cannot fill a form of this exam. Name the questions, or see on the exam's blueprint what is missing.",
        WorkshopRefusal.SITTING: "You are sitting an exam. Finish it first, then begin to judge.",
        WorkshopRefusal.NOT_BEGUN: "Begin to judge on the workshop's page first.",
        WorkshopRefusal.OVER: "This workshop is closed, so nothing more is taken. What was said before stands.",
        WorkshopRefusal.TOO_FEW_ESTIMATES: "No question has two estimates yet. One alone would show what one judge said; wait for another, or call it off.",
        WorkshopRefusal.TOO_LATE_TO_JOIN: "What the judges said is revealed, so whoever comes now would not judge by themselves. Call another workshop.",
    }
)
