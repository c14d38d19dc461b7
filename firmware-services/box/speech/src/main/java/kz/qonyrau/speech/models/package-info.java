/// Speech models that the box makes, extends and installs.
///
/// [ModelShelf] keeps the models of a box: those that were uploaded ([ModelBundle]) and those that
/// a customer's own words were added to ([OwnWords]). A model is tried out in a worker of its own
/// before it is put in force. Nothing here sees the native library.
///
/// ## The sources that a model carries
///
/// Words can be added to a model that has a directory `lm/` beside `am/`, `conf/` and `graph/`. All
/// of its files are UTF-8 with `\n` at the end of each line; the first four may be packed by gzip,
/// and then have `.gz` behind their names.
///
/// | file | what stands in it |
/// |---|---|
/// | `phones.txt` | the phones in the order of the network's outputs, one a line: up to 20 printable ASCII characters without space. The first is `SIL` |
/// | `lexicon.txt` | `word TAB phones`, the phones separated by one space and without `SIL`; one line for each way to say a word, in any order. Words are in lower case |
/// | `lm.arpa` | an n-gram model with back-off in the ARPA format: fields separated by a TAB, words by one space, logarithms to the base 10; `\data\`, `ngram N=COUNT`, `\N-grams:` and `\end\` as usual, and the counts right. Any order up to 9. `</s>` must be in it, and what a sequence's last word follows must itself be a sequence with a back-off weight. Words that the lexicon lacks are left out |
/// | `g2p.tsv` | how espeak-ng's phonemes become these phones: see below |
/// | `graph.conf` | optional: the line `--unk-cost=NUMBER`, 0 to 50, what each phone of an unknown word costs; 2.5 without |
/// | `own-words.json` | made by the box: the own words and phrases of this version |
///
/// The recipe writes all but the last. The first three are the inputs of its step (b); `graph/` is
/// made of them as described there. A version with own words carries `lm/` unchanged, so that the
/// next list starts from the same base.
///
/// ## `g2p.tsv`
///
/// Fields are separated by a TAB, phones by one space; a line that is empty or begins with `#` says
/// nothing. The first field says what a line is about: `voice`, `phoneme`, `replace`, `drop`,
/// `ending`, `merge`, `long`, `word`, `also` or `before`. For Russian, for example:
///
/// ```
/// voice    ru
/// replace  _;    ;
/// drop     ',%=:!
/// ending   ^     ;
/// long
/// merge    ts    d t
/// phoneme  ja    j a
/// word     что   S t o
/// word     что   S t V
/// also     дцать V t;   t;
/// ```
///
/// espeak-ng is asked with `espeak-ng -q -x --sep=_ -b 1 -v VOICE`, one word a line. What it writes
/// is changed by all `replace` in their order and taken apart at `_`, `|` and spaces; from each
/// part, the characters of `drop` are taken out; what is then empty or `-` is left out. A part that
/// is named by a `phoneme` becomes its phones (none, if that field is empty); or else one that is
/// the name of a phone becomes that phone; or else the first fitting `ending` changes its end and
/// it is looked up again; or else the word cannot be said. Phones are put together in order: with
/// `long`, one that equals the one before is left out; one that is named first by a `merge` takes
/// the place of a phone before it that is named second. `also` gives a second way to say words that
/// end in these letters and whose phones end so; `before е j`, in Kazakh, gives one to words that
/// begin with these letters, with these phones put before the usual ones. A `word` is not asked for
/// at all.
///
/// A word for which espeak-ng writes a space, that is, which it spells out, or a change of language
/// in round brackets, is refused: it has to be given as it is said.
@NullMarked
package kz.qonyrau.speech.models;

import org.jspecify.annotations.NullMarked;
