package kz.qonyrau.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Field;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import kz.qonyrau.vocabulary.Msisdn;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The closed list of what a box can say to central (SH-RET-08, PLT-24): whatever message it sends
/// is one of these records, and each part of one that could hold a text, a number or bytes stands
/// here by name. A new one makes this test fail, so that somebody thinks about it.
@Tag("SH-RET-08")
@Tag("PLT-24")
class WhatLeavesABoxTest {

  /// Anybody on the way can read these.
  private static final List<Class<?>> OPEN =
      List.of(
          UsageReport.class,
          Heartbeat.class,
          BookStatement.class,
          CommandAnswer.class,
          CaseReport.class,
          EnrolmentRequest.class,
          RenewalRequest.class);

  /// And these only central, with a key that is not on the broker.
  private static final List<Class<?>> SEALED =
      List.of(
          ReportedComplaint.class,
          ReportedEvidence.class,
          PassedCode.class,
          QuestionAnswer.class,
          ReportedWithdrawal.class);

  /// Ids, keys, codes and versions of fixed forms; how a technician calls a trunk.
  private static final Set<String> OPEN_TEXTS =
      Set.of(
          "BookStatement.head",
          "CaseReport.caseId",
          "CaseReport.sealed",
          "CommandAnswer.commandId",
          "CommandAnswer.facts",
          "EnrolmentRequest.claimCode",
          "EnrolmentRequest.csr",
          "EnrolmentRequest.deviceKey",
          "EnrolmentRequest.proof",
          "EnrolmentRequest.serial",
          "EnrolmentRequest.version",
          "Heartbeat.connection",
          "RatedLine.service",
          "RatedLine.tariff",
          "RatedLine.unit",
          "RenewalRequest.csr",
          "RenewalRequest.proof",
          "TrunkVitals.condition",
          "TrunkVitals.id",
          "TrunkVitals.name",
          "UsageReport.itemId",
          "Vitals.alarms",
          "Vitals.asterisk",
          "Vitals.ledgerHead",
          "Vitals.version");

  /// What a subscriber complains of, and what his customer answers; who asks, and what is told him;
  /// who withdraws his consent to a publication.
  private static final Set<String> SEALED_TEXTS =
      Set.of(
          "Campaign.id",
          "ConsentRecord.list",
          "ConsentRecord.origin",
          "ConsentRecord.statedBy",
          "EvidenceFile.base64",
          "EvidenceFile.name",
          "EvidenceFile.type",
          "PassedCode.caller",
          "PassedCode.code",
          "ReportedComplaint.enteredBy",
          "ReportedComplaint.number",
          "ReportedComplaint.text",
          "ReportedEvidence.by",
          "ReportedEvidence.id",
          "ReportedEvidence.note",
          "ReportedWithdrawal.by",
          "Sender.contact",
          "Sender.name");

  @Test
  void nothingThatCanBeReadOnTheWayHoldsMoreTextThanThis() {
    assertThat(texts(OPEN)).isEqualTo(new TreeSet<>(OPEN_TEXTS));
  }

  @Test
  void onlyACaseHoldsANumberAndNothingHoldsSound() {
    assertThat(texts(SEALED)).isEqualTo(new TreeSet<>(SEALED_TEXTS));
  }

  /// The forms of message that this version speaks; what a box sends of them has its record above.
  @Test
  void theFormsAreThese() throws IllegalAccessException {
    Set<String> forms = new TreeSet<>();
    for (Field constant : Schemas.class.getFields()) {
      forms.add((String) constant.get(null));
    }
    assertThat(forms)
        .containsExactlyInAnyOrder(
            Schemas.USAGE,
            Schemas.HEARTBEAT,
            Schemas.OFFLINE,
            Schemas.LEDGER,
            Schemas.ACK,
            Schemas.CASE,
            // And what central says.
            Schemas.LICENSE,
            Schemas.LEASE,
            Schemas.TARIFF,
            Schemas.NOTICE,
            Schemas.BLOCKLIST,
            Schemas.RECEIPT,
            Schemas.COMMAND,
            Schemas.QUERY,
            Schemas.PROMOTION);
  }

  private static Set<String> texts(List<Class<?>> records) {
    Set<String> found = new TreeSet<>();
    Set<Class<?>> seen = new HashSet<>();
    records.forEach(record -> collect(record, found, seen));
    return found;
  }

  private static void collect(Class<?> record, Set<String> found, Set<Class<?>> seen) {
    if (!seen.add(record)) {
      return;
    }
    for (RecordComponent component : record.getRecordComponents()) {
      String name = record.getSimpleName() + "." + component.getName();
      for (Class<?> leaf : leaves(component.getGenericType())) {
        if (leaf == String.class || leaf == Msisdn.class || leaf == byte[].class) {
          found.add(name);
        } else if (leaf.isRecord() && leaf.getPackageName().equals("kz.qonyrau.wire")) {
          collect(leaf, found, seen);
        }
      }
    }
  }

  /// What a component holds, in containers or not.
  private static List<Class<?>> leaves(Type type) {
    if (type instanceof ParameterizedType generic) {
      Class<?> container = (Class<?>) generic.getRawType();
      assertThat(container)
          .as("a container whose content this test knows")
          .matches(one ->
              Collection.class.isAssignableFrom(one) || one == Optional.class || one == Map.class);
      return Arrays.stream(generic.getActualTypeArguments())
          .flatMap(argument -> leaves(argument).stream())
          .toList();
    }
    return List.of((Class<?>) type);
  }
}
