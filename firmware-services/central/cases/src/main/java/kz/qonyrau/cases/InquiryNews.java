package kz.qonyrau.cases;

import kz.qonyrau.wire.PassedCode;
import kz.qonyrau.wire.QuestionAnswer;

/// What a box reported for those who ask who called them, opened.
public sealed interface InquiryNews {

  /// Somebody who called it typed a code.
  record Typed(PassedCode code) implements InquiryNews {}

  /// It answers a question.
  ///
  /// @param sealed the same as it came
  record Said(String inquiryId, QuestionAnswer answer, String sealed) implements InquiryNews {}
}
