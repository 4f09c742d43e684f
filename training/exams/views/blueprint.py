"""The blueprint, its place in the navigation, and the words of this room."""

from flask import Blueprint

from training.exams import queries
from training.exams.rules.reasons import AllowanceRefusal, BankRefusal, ItemRefusal, SittingRefusal, StartRefusal, SupervisionRefusal, TrialRefusal
from training.exams.rules.responses import ResponseFault
from training.exams.rules.retakes import RetakeReason
from training.exams.rules.saving import SaveVerdict
from training.exams.rules.viewing import ViewingRefusal
from training.web.navigation import Group, Place, add_place
from training.web.personal import add_section
from training.web.wording import give_words

blueprint = Blueprint("exams", __name__, template_folder="../templates")

add_section("exams", queries.personal_record)
add_section("exam_claims", queries.personal_grants)
add_place(Place("exams.index", "Exams", Group.MINE, 40))

give_words(
    {
        BankRefusal.KIND_IS_FIXED: "{item} is a {kind} item and stays one: answers already given depend on it. Give the new item another id.",
        BankRefusal.CASE_UNKNOWN: "{item} labels {case}, which is not stored. Store the case first, or correct its name.",
        BankRefusal.CASE_NOT_FOR_EXAMS: "{item} labels {case}, which is in the practice pool. An exam shows cases of the exam pool only.",
        BankRefusal.MEDIA_MISSING: "{item} shows {file}, which is not there. Put the file beside the exams, or leave it out.",
        BankRefusal.CORRECTION_SAID_BEFORE: (
            "{item} was changed once more, and `editorial` still says “{said}”. Say what was corrected this time, or leave it out where the item starts anew."
        ),
        BankRefusal.NO_CORRECTION: "{item} says that it was only corrected, but {fields} changed. Leave `editorial` out: the item starts anew.",
        BankRefusal.KEY_WAS_RULED: (
            "{item} says that it was only corrected, but a trainer has ruled on the key of the version before. Leave `editorial` out: the item starts anew."
        ),
        BankRefusal.VERSION_NOT_RAISED: "{exam} {version} is published and frozen. Raise `version` to publish the change.",
        BankRefusal.CERTIFICATION_IS_FIXED: "{exam} belongs to the certification {certification}: attempts are counted by it. Give the new exam another id.",
        BankRefusal.DELTA_IS_FIXED: "{exam} cannot become a delta, nor stop being one: attempts are counted by it. Give the new exam another id.",
        BankRefusal.BANK_LACKS: "The bank cannot fill {exam}: {lacks}. Change the cells, or add items.",
        BankRefusal.PUBLIC_ITEMS: (
            "{exam} decides about access, and without the {public_count} items that are public the bank cannot fill it. "
            "Write items of your own, or set ALLOW_PUBLIC_ITEMS for a demo."
        ),
        ItemRefusal.HELD_ALREADY: "This item is held already. Somebody may have been quicker; look at what was ruled below.",
        ItemRefusal.NOT_HELD: "This item is not held, so there is nothing to release. Look at what was ruled below.",
        ItemRefusal.HELD_BY_DOCUMENT: "The content folder says that this item is held. Set its state to live there, and apply the folder.",
        ItemRefusal.NOT_DRAWN: "This item is not drawn at present: it is a draft or retired. Only items that are live or piloted can be held.",
        ItemRefusal.OWN_ITEM: "You wrote or reviewed this item, so somebody else has to rule on it. Ask another trainer.",
        ItemRefusal.OWN_RULE: "This item is held by a change of policy that you wrote, so somebody else says whether it is still right. Ask another trainer.",
        ItemRefusal.ON_OWN_FORM: "This item is on the form of the exam that you are sitting. Finish the exam first.",
        StartRefusal.NEEDS_UNMET: "This exam is the last step. Do first what is still to do on its page, then start.",
        StartRefusal.RETAKE_WAITS: "You cannot start again yet. The exam's page says from when you can.",
        StartRefusal.REMEDIAL_DUE: "Practise first: {done} of {needed} cases in your weak areas are done. The exam's page has the link.",
        AllowanceRefusal.NOBODY_FOR_THEMSELVES: "Nobody allows themselves one more attempt. Ask another trainer.",
        AllowanceRefusal.PERSON_UNKNOWN: "Nobody here has this address. Check it, or look the person up under People.",
        AllowanceRefusal.NOTHING_USED_UP: "This person's attempts are not used up. They can start by themselves; the exam's page tells them when.",
        AllowanceRefusal.ALLOWED_ALREADY: "This person has one more attempt already and has not used it.",
        ViewingRefusal.NOT_OPEN: "The question is not open to you now. Ask a trainer to open it when you can look at it.",
        ViewingRefusal.SITTING: "You are sitting an exam. Finish it first, then look at the question.",
        ViewingRefusal.OWN: "This is your own dispute. Another trainer deals with it.",
        StartRefusal.HELD_ALREADY: "You hold this certificate. You can sit again when its renewal opens; the exam's page says when.",
        StartRefusal.PASSED_ALREADY: "You have passed this exam. Do what is still to do on its page, and the certificate is yours.",
        StartRefusal.NOT_HELD: "This exam asks those who hold the certificate about a change. It is open to you while you hold it.",
        StartRefusal.DELTA_PASSED: "You have passed this exam. Nothing more is asked of you about this change.",
        StartRefusal.BEING_MARKED: "What you wrote is being marked. You will get a mail when that is done; until then there is nothing to sit again.",
        StartRefusal.OTHER_EXAM_OPEN: "You are sitting {title} for the same certificate. Finish it first.",
        StartRefusal.WINDOW_NOT_OPEN: "This exam can be started in a window that was announced, and it is not open yet. The exam's page says from when.",
        StartRefusal.WINDOW_CLOSED: "The window in which this exam could be started is over. Ask your trainer when the next one is.",
        StartRefusal.CANNOT_FILL: "There are not enough questions that you do not know yet. This cost you no attempt. Tell a trainer.",
        RetakeReason.COOLDOWN: "A pause follows each attempt that was not passed: use it to read and practise.",
        RetakeReason.ATTEMPTS_USED: "All the attempts of this period are used.",
        TrialRefusal.SITTING: "You are sitting an exam. Finish it first, then try this one out.",
        TrialRefusal.CANNOT_FILL: "The bank cannot fill a form of this exam. Its page says what is missing.",
        TrialRefusal.OVER: "This trial has ended. Begin another one from the draft.",
        SittingRefusal.WRITTEN_ELSEWHERE: "The exam is open in another window, which may hold answers not saved yet. Submit there, or continue here first.",
        SittingRefusal.PAUSED: "The exam is paused, and its time stands still. You can submit when it goes on.",
        SittingRefusal.OVER: "The time of this exam is over. Your result is on the page of the attempt.",
        SittingRefusal.NO_BREAK_LEFT: "You have taken all the breaks you have for this exam.",
        SupervisionRefusal.OWN_ATTEMPT: "This is your own attempt. Another trainer must rule on it.",
        SupervisionRefusal.NOT_RUNNING: "This attempt is over, so its time cannot be changed any more.",
        SupervisionRefusal.PAUSED_ALREADY: "This attempt is paused already. Reload its page to see since when.",
        SupervisionRefusal.END_HAS_MOVED: (
            "The end has moved since this page was shown: somebody gave more time already, or this was sent twice. Look at the end that stands here now."
        ),
        SupervisionRefusal.NOTHING_WAITS: "Nothing waits for a ruling here: somebody has ruled already. Reload the page.",
        SupervisionRefusal.ANSWERS_ARE_FINAL: "In this mode an answer is final once it is confirmed, so no late answer can count. Leave all of them unticked.",
        SupervisionRefusal.PASSED_ALREADY: "This attempt is passed, so no late answer is needed. Leave all of them unticked.",
        SupervisionRefusal.CANNOT_COUNT: "One of the ticked answers fits no question of this attempt, or is ruled on already. Reload the page and tick again.",
        SupervisionRefusal.NOT_PAUSED: "This attempt is not paused: somebody has let it go on already. Reload its page.",
        SittingRefusal.FULL: "This attempt keeps as much as any may, so nothing more can be noted. What was saved stands; tell a trainer.",
        SittingRefusal.NOT_REACHED: "You are not at this question yet. Answer the one before you first.",
        SittingRefusal.NOTHING_TO_CONFIRM: "In this exam an answer stays yours to change until you submit. There is nothing to confirm.",
        ResponseFault.SHAPE: "This is not an answer to this question. Reload the page and answer again.",
        ResponseFault.UNKNOWN_OPTION: "The answer names something that this question does not offer. Reload the page and choose again.",
        ResponseFault.TOO_MANY: "This question takes one option. Choose one.",
        ResponseFault.UNCLEAR_QUOTE: "A line does not stand in the text exactly once. Copy it as it stands there, and long enough to occur once.",
        ResponseFault.UNCLEAR_NUMBER: "A field holds no number, or one of its row is empty. Write numbers such as 4.5, in every field of a row.",
        ResponseFault.TOO_MANY_MARKS: "These are too many marks. Mark only what shows why.",
        ResponseFault.INCOMPLETE_ORDER: "Not every step has its own place yet. Give each one a different number.",
        ResponseFault.MARK_OUTSIDE: "A mark begins or ends outside what is shown, or has no extent. Correct it.",
        ResponseFault.TOO_LONG: "The answer is too long. Shorten it.",
        ResponseFault.IMPLAUSIBLE: "Nobody types as much in the time that is claimed. Take the test on this page, without other programs.",
        ResponseFault.BEGUN_BEFORE: "This test was begun before, and its time is over. It can be taken once; what was saved of it stands.",
        ResponseFault.CLOCK_AHEAD: "The clock of this device is more than a day ahead. Set it right and reload the page; your answer is kept there.",
        ResponseFault.UNKNOWN_ITEM: "This exam has no such question. Use the numbers on the page.",
    }
)

VERDICT_NAMES = {
    SaveVerdict.SAVED: "saved",
    SaveVerdict.STALE: "kept; a later answer counts",
    SaveVerdict.LATE: "arrived after the end, kept",
    SaveVerdict.CLOSED: "arrived after submission, kept",
    SaveVerdict.FINAL: "arrived after it was final, kept",
    SaveVerdict.PAUSED: "arrived during a pause, counts from when it went on",
    SaveVerdict.OTHER_WRITER: "from a window that did not write, kept",
    SaveVerdict.UNREADABLE: "fits no question, kept",
    SaveVerdict.FULL: "found no room, not kept",
    SaveVerdict.REUSED_SEQUENCE: "sent under a number that was used",
}
"""What became of an answer, for those who read a protocol."""

VERDICT_WORDS = {
    SaveVerdict.SAVED: "Saved.",
    SaveVerdict.STALE: "Kept; a later answer of yours counts.",
    SaveVerdict.LATE: "This answer came after the end of the exam. It is kept as evidence and does not count unless a trainer rules so.",
    SaveVerdict.CLOSED: "You have submitted this exam. This answer is kept as evidence and does not count.",
    SaveVerdict.PAUSED: "The exam is paused. This answer is kept, and counts when the exam goes on.",
    SaveVerdict.FINAL: "You have confirmed your answer to this question, and it is final. What came later is kept as evidence and does not count.",
    SaveVerdict.OTHER_WRITER: "The exam is open in another window. This answer is kept as evidence and does not count.",
    SaveVerdict.FULL: "This attempt keeps as much as any may. What was saved before stands; this answer was not kept. Tell a trainer.",
    SaveVerdict.REUSED_SEQUENCE: "Another answer was sent under this number. Send it again under the next one.",
}
