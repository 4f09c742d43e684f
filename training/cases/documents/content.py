"""What a case shows, by surface."""

from collections.abc import Mapping
from typing import Annotated, Literal, Self

from pydantic import ConfigDict, Field, StringConstraints, model_validator

from training.cases.documents.tickets import Macro
from training.cases.documents.words import Line, Seconds, Strict, Text
from training.cases.rules import Ask, Surface


def _nothing(listed: list[object]) -> bool:
    return not listed


class Picture(Strict):
    """A picture beside the cases, and what it shows for who cannot see it: never what it means."""

    file: Annotated[str, StringConstraints(pattern=r"^media/[A-Za-z0-9][A-Za-z0-9._-]*\.(?i:png|jpe?g|webp)$")]
    alt: Line


class Recording(Strict):
    """A video or a sound beside the cases, and what it shows for who cannot see or hear it: never what it means. What is said stands in the transcript."""

    file: Annotated[str, StringConstraints(pattern=r"^media/[A-Za-z0-9][A-Za-z0-9._-]*\.(?i:webm|wav)$")]
    alt: Line


class Content(Strict):
    """What a case shows. Each surface has its own fields."""

    images: list[Picture] = Field(default_factory=list)


class RecordedContent(Content):
    """What can be shown as a recording too."""

    recording: Annotated[Recording | None, Field(exclude_if=lambda shown: shown is None)] = None


class SellerCard(Strict):
    """The seller as a product page names them."""

    name: Line
    rating: Line | None = None
    sold: Line | None = None
    joined: Line | None = None
    badge: Line | None = None


class ListingContent(RecordedContent):
    """A product page."""

    title: Line
    price: Line
    original_price: Line | None = None
    category: Line
    attributes: dict[Line, Line]
    description: Text
    seller: SellerCard


class ShopDocument(Strict):
    """A paper that a shop handed in, as the reviewer sees it."""

    kind: Line
    shown: Text
    expires: Line | None = None
    note: Text | None = None


class ShopEvent(Strict):
    """Something that happened to a shop."""

    on: Line
    what: Text


class SellerContent(Content):
    """A shop's profile and file."""

    shop_name: Line
    bio: Text
    location: Line
    joined: Line
    business_type: Line
    documents: list[ShopDocument]
    history: list[ShopEvent]
    listings: list[Line]


class SpokenLine(Strict):
    """What is heard in a video at a moment."""

    at: Line
    text: Text


class Offer(Strict):
    """A product linked from a video or pinned in a live."""

    title: Line
    price: Line


class VideoContent(RecordedContent):
    """A short video: its caption, what is said and what is written on it."""

    caption: Text
    creator: Line
    followers: Line | None = None
    duration_seconds: Seconds
    transcript: list[SpokenLine]
    on_screen: list[Line] = Field(default_factory=list)
    cart: Offer | None = None


class LiveLine(Strict):
    """What somebody says in a live."""

    at: Line
    speaker: Line
    text: Text


class ChatLine(Strict):
    """What somebody writes beside a live."""

    at: Line
    name: Line
    text: Text


class LiveContent(RecordedContent):
    """A livestream: its timeline, chat and pinned products."""

    title: Line
    host: Line
    viewers: Line | None = None
    duration_seconds: Seconds
    pinned: list[Offer]
    transcript: list[LiveLine]
    chat: list[ChatLine]


class ReviewContent(Content):
    """A product review, and what the system knows of the order behind it."""

    product: Line
    stars: Annotated[int, Field(ge=1, le=5)]
    text: Text
    reviewer: Line
    order: dict[Line, Line]


class Comment(Strict):
    """One comment of a thread."""

    author: Line
    at: Line
    text: Text
    is_reported: bool = False


class CommentContent(Content):
    """A thread of comments, with the one that was reported."""

    where: Line
    thread: Annotated[list[Comment], Field(min_length=1)]


class Message(Strict):
    """One message of a ticket."""

    model_config = ConfigDict(defer_build=True, validate_by_name=True, validate_by_alias=True)

    sender: Line = Field(alias="from")
    at: Line
    text: Text


class TicketContent(Content):
    """A support ticket or a report, with what the system knows of the order and the account."""

    subject: Line
    channel: Line
    reporter: Literal["buyer", "seller", "creator"]
    messages: Annotated[list[Message], Field(min_length=1)]
    order: dict[Line, Line] = Field(default_factory=dict)
    account: dict[Line, Line] = Field(default_factory=dict)
    macros: Annotated[list[Macro], Field(max_length=20, exclude_if=_nothing)] = Field(default_factory=list)
    asks: Annotated[list[Ask], Field(max_length=len(Ask), exclude_if=_nothing)] = Field(default_factory=list)
    """What it asks for beside the decision."""

    @model_validator(mode="after")
    def _macros_are_asked_for(self) -> Self:
        names = [macro.name for macro in self.macros]
        if len(set(names)) != len(names) or len(set(self.asks)) != len(self.asks):
            raise ValueError("names a macro or an ask twice; name each once")
        if (Ask.MACRO in self.asks) != bool(names):
            raise ValueError("`macros` and `asks: [macro]` belong together; write both or neither")
        return self


CONTENTS: Mapping[Surface, type[Content]] = {
    Surface.LISTING: ListingContent,
    Surface.SELLER: SellerContent,
    Surface.VIDEO: VideoContent,
    Surface.LIVE: LiveContent,
    Surface.REVIEW: ReviewContent,
    Surface.COMMENT: CommentContent,
    Surface.TICKET: TicketContent,
}
