"""What people read when this room refuses something."""

from enum import StrEnum

from training.accounts.rules import AccountReason
from training.web.wording import give_words

WORDS: dict[StrEnum, str] = {
    AccountReason.EMAIL_TAKEN: "There is, or was, an account with the address {email}. Use that account, or another address.",
    AccountReason.EMAIL_MALFORMED: "“{email}” is no e-mail address. Write it like name@example.org.",
    AccountReason.FACT_MALFORMED: "{fault}",
    AccountReason.TEAM_UNKNOWN: "There is no such team any more. Reload the page and choose another.",
    AccountReason.TEAM_TAKEN: "There is a team called {name} already. Choose a name that cannot be mistaken for it.",
    AccountReason.COHORT_TAKEN: "There is a cohort called {name} already. Choose another name, or add people to that one.",
    AccountReason.COHORT_CLOSED: "This cohort is closed: nobody joins it any more. Open it again first, or name another.",
    AccountReason.COHORT_TOO_LARGE: "That is {count} people; at most {most} are added at once. Narrow it, or add them in parts.",
    AccountReason.CLIENT_NAME_TAKEN: "There is a program called {name} already. Choose another name.",
    AccountReason.SCOPE_UNKNOWN: "There is no scope {scope}. Choose among: {known}.",
    AccountReason.OWN_FACTS: "You cannot change what you yourself are allowed to do. Ask another administrator.",
    AccountReason.ABSENCE_FOR_ONESELF: "Nobody records leave, holds or shifts for themselves. Ask another lead; a break you take on your own page.",
    AccountReason.ABSENCE_ENDS_BEFORE_IT_BEGINS: "This would be over before it begins. Choose a later end, or none.",
    AccountReason.ABSENCE_OVER: "This is over already.",
    AccountReason.ABSENCE_ENDED_BY_OTHERS: "This is not yours to end. A hold is ended by another administrator than the one who made it, or by its date.",
    AccountReason.HOLD_WITHOUT_REASON: "Say why, in at least ten letters: the person and administrators read it.",
    AccountReason.SHIFT_TAKEN: "There is a shift called {name} already. Choose another name.",
    AccountReason.SHIFT_WITHOUT_LENGTH: "A shift has a day on which it begins, and ends at another time than it begins.",
    AccountReason.LINK_SPENT: "This link was used already, or is too old. Ask for a new one under “Forgot your password?”.",
    AccountReason.NOT_INVITED: "{name} has an account already, so there is nothing to invite them to.",
    AccountReason.WRONG_CREDENTIALS: "No account has this e-mail address and password. Check both; capitals count in passwords.",
    AccountReason.TOO_MANY_TRIES: "Too many tries. Wait {wait}, then try again, or choose a new password through “Forgot your password?”.",
    AccountReason.NOT_ACTIVE: "Your account is not active. If you work here, ask an administrator to activate it.",
    AccountReason.HASHING_BUSY: "Very many people are signing in right now. Wait a few seconds and try again.",
    AccountReason.PASSWORD_WRONG: "This is not your current password.",
    AccountReason.ERASED: "This account is erased: nothing about it can change any more. Somebody who comes back gets a new one.",
    AccountReason.TOO_MANY_CODES: "Too many wrong codes. Wait {wait}, then try again. If your device is lost, use a recovery code, or ask an administrator.",
    AccountReason.CODE_WRONG: "This code is wrong, too old, or was used already. Enter the next one, and check that your device's clock is right.",
    AccountReason.SIGN_IN_TOO_OLD: "This took too long. Enter your e-mail address and password again.",
    AccountReason.FACTOR_IS_ON: "Your second step is on already. To move it to another device, turn it off first.",
    AccountReason.FACTOR_IS_OFF: "There is no second step to reset: it is not on.",
    AccountReason.FACTOR_SEALED: "Your second step cannot be read any more. Ask an administrator to reset it.",
    AccountReason.OWN_FACTOR: "You cannot reset your own second step. Turn it off with a code, or ask another administrator.",
}

give_words(WORDS)
