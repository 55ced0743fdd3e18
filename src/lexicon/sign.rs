//! What words of the class `sign` tell, by their numbers: classes that no form of the grammar asks for.

/// A given name.
pub(crate) const GIVEN_NAME: u8 = 1;
/// What somebody is: `analyst`, `wife`.
pub(crate) const PERSON: u8 = 2;
/// A verb of speaking, and what opens a clause on somebody.
pub(crate) const SPEECH: u8 = 3;
/// It closes the name of a firm, paper or place.
pub(crate) const FIRM: u8 = 4;
/// It closes the name of a field or force.
pub(crate) const FIELD: u8 = 5;
/// Between what somebody is and the body where.
pub(crate) const AT: u8 = 6;
/// A word for man or woman before a name that may be a country's too.
pub(crate) const CALLED: u8 = 7;
/// A middle name.
pub(crate) const MIDDLE_NAME: u8 = 8;
/// Between a rank and a name: whose rank it is.
pub(crate) const SERVICE: u8 = 9;
/// Behind an office: what follows completes it.
pub(crate) const IN_CHARGE: u8 = 10;
/// The office behind it is taken from those named.
pub(crate) const TAKEN_FROM: u8 = 11;
/// Between such an office and the names.
pub(crate) const TOWARDS: u8 = 12;
/// Behind an office that is no predicate, in Japanese.
pub(crate) const ENDS_PREDICATE: u8 = 13;
/// Behind an office that is one.
pub(crate) const MAKES_PREDICATE: u8 = 14;
/// It says that brackets hold the offices of before.
pub(crate) const BRACKETS_FORMER: u8 = 15;
/// The same as [`MAKES_PREDICATE`], of somebody who comes into the office.
pub(crate) const COMES_INTO: u8 = 16;
/// Behind offices that somebody has left, in Japanese.
pub(crate) const CAREER: u8 = 17;
/// Behind a name in Japanese whose career the sentence tells.
pub(crate) const SUBJECT: u8 = 18;
/// Closes the name of a place that no list holds.
pub(crate) const PLACE_TAIL: u8 = 19;
/// Between an office in Japanese and the names of all who come into it.
pub(crate) const BECAME: u8 = 20;
/// A possessive pronoun of a body.
pub(crate) const ITS: u8 = 24;
/// Letters before the name of a ship.
pub(crate) const SHIP: u8 = 21;
/// Behind a name in Japanese whom somebody gives an office.
pub(crate) const OBJECT: u8 = 23;
/// Between a field and the title of who is in charge of it.
pub(crate) const FIELD_HOLDER: u8 = 22;

/// Those that somebody looks for through a whole text.
pub(crate) const SOUGHT: [u8; 6] = [IN_CHARGE, BRACKETS_FORMER, COMES_INTO, CAREER, PLACE_TAIL, FIELD_HOLDER];
