"""The words of calibration sessions."""

from training.quality.rules.calibration import CalibrationRefusal, CalibrationState, ConsensusRefusal, Measure
from training.web.wording import give_words

STATE_NAMES = {
    CalibrationState.LABELLING: ("People label", "info"),
    CalibrationState.REVEALED: ("Revealed", "good"),
    CalibrationState.CLOSED: ("Closed", "neutral"),
}
"""Where a session stands, in words and with the tone of its badge."""
MEASURE_NAMES = {
    Measure.WHOLE: "Decision, label and escalation together",
    Measure.DECISION: "Decision",
    Measure.LABEL: "Primary label",
    Measure.SEVERITY: "Severity",
}

give_words(
    {
        CalibrationRefusal.TOO_FEW_PEOPLE: "Ask at least two people beside yourself: one alone agrees with nobody.",
        CalibrationRefusal.TOO_MANY_PEOPLE: "At most {most} people label in one session. Ask fewer, or call a second session.",
        CalibrationRefusal.FACILITATES: "Whoever calls a session does not label in it. Take your own address out.",
        CalibrationRefusal.LABELS_HERE: "You label in this session, so somebody else of QA or a trainer runs it.",
        CalibrationRefusal.NO_CASES: "The people you ask have answered every practice case of these clauses. Tick more clauses, or name cases by their ids.",
        CalibrationRefusal.CASE_UNKNOWN: "The practice pool has no case {case}. Cases of exams, and what looks like them, are never labelled here.",
        CalibrationRefusal.NOT_LABELLING: "This round is over: what everybody said is revealed, so your label was not taken.",
        CalibrationRefusal.HAS_LEFT: "You have left this session. What you said before still counts in it.",
        CalibrationRefusal.TOO_LATE_TO_JOIN: "What people said was revealed, so whoever joins now would not be blind. Call another session.",
        CalibrationRefusal.TOO_FEW_LABELS: "No case has two labels yet. One alone would show what one person said; wait for another, or close the session.",
        CalibrationRefusal.NOT_REVEALED: "Nothing is revealed yet. Reveal the round first.",
        CalibrationRefusal.NO_MORE_ROUNDS: "There were two rounds already. Close the session, and call another one where it is worth it.",
        CalibrationRefusal.CLOSED_ALREADY: "This session is closed.",
        CalibrationRefusal.NOT_CLOSED: "Close the session first, so that nobody labels these cases any more.",
        ConsensusRefusal.NOT_COMPARED: "The session was closed before anything was revealed, so there is nothing that most said.",
        ConsensusRefusal.TOO_FEW: "Fewer than three people labelled this case without knowing what the expert says. That is too few for a reference.",
        ConsensusRefusal.TOO_FEW_FOR_SEVERE: "For a case of severity S4 five people have to label it without knowing what the expert says.",
        ConsensusRefusal.NO_MAJORITY: "No more than half said the same. Discuss the policy's wording first.",
        ConsensusRefusal.DISAGREE: "The people of this session agree too little (alpha below .667). Mend the policy's wording first, then label again.",
        ConsensusRefusal.NOT_DISCUSSED: "Write down first what was said of this case: people read it after their answer.",
        ConsensusRefusal.CASE_GONE: "This case is no longer one of the practice pool, so nothing of it is brought forward here.",
    }
)
