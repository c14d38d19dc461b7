package kz.qonyrau.campaigns;

import java.util.List;
import java.util.Locale;
import kz.qonyrau.vocabulary.CallId;

/// What became of a wish for a trial call (AC-CMP-08). Only [Placed] has done anything.
public sealed interface TrialResult {

  /// The call is on its way; [TrialCalls#find] knows how it stands.
  record Placed(CallId call) implements TrialResult {}

  /// There is no campaign with that id.
  record NoSuchCampaign() implements TrialResult {}

  /// The campaign has ended.
  record Over(CampaignState state) implements TrialResult {}

  /// The number is to be left alone, whoever asks (AC-SPM-08).
  ///
  /// @param consent `WITHDRAWN` or `BLOCKED`
  record LeftAlone(Consent consent) implements TrialResult {}

  /// The number is being called right now, by another trial or by a campaign.
  record InCall() implements TrialResult {}

  /// The box may not dial, or has no line or no room to record it.
  record Stopped(IdleReason reason) implements TrialResult {}

  /// Answers are expected in languages for which there is no speech model (AC-STT-05).
  record NotHeard(List<Locale> languages) implements TrialResult {

    public NotHeard {
      languages = List.copyOf(languages);
    }
  }

  /// The voice is not there, or broken (AC-TTS-05).
  record NoVoice() implements TrialResult {}

  /// Just these texts cannot be said, or the recording is gone.
  record Unspeakable() implements TrialResult {}

  /// The money does not cover the call (SH-BAL-05).
  record NoFunds() implements TrialResult {}
}
