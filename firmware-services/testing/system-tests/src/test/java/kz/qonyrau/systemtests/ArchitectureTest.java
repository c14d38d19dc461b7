package kz.qonyrau.systemtests;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.time.Clock;
import java.util.Arrays;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// The shape of the whole, as rules over the compiled classes of every module.
class ArchitectureTest {

  private static final String[] BOX = {
    "..telephony..",
    "..speech..",
    "..recordings..",
    "..insight..",
    "..calls..",
    "..campaigns..",
    "..callbacks..",
    "..complaints..",
    "..promotions..",
    "..uplink..",
    "..notices..",
    "..integrations..",
    "..console..",
    "..appliance.."
  };
  private static final String[] CENTRAL = {
    "..billing..", "..cases..", "..fleet..", "..office..", "..licensing.."
  };
  private static final String[] SHARED = {
    "..vocabulary..", "..store..", "..audit..", "..ledger..", "..tariffs..", "..wire..", "..web.."
  };
  private static final String[] SIMULATORS = {"..carrier..", "..rehearsal..", "..boxes.."};

  /// Programs decide what time it is and hand the clock on.
  private static final String[] PROGRAMS = {
    "..appliance..", "..licensing..", "..carrier..", "..rehearsal..", "..boxes.."
  };

  private static JavaClasses product = new ClassFileImporter().importClasses();

  @BeforeAll
  static void readTheClasses() {
    product =
        new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("kz.qonyrau");
  }

  @Test
  void boxAndCentralMeetOnlyInShared() {
    noClasses()
        .that()
        .resideInAnyPackage(BOX)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(CENTRAL)
        .check(product);
    noClasses()
        .that()
        .resideInAnyPackage(CENTRAL)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(BOX)
        .check(product);
    noClasses()
        .that()
        .resideInAnyPackage(SHARED)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(concat(BOX, CENTRAL))
        .check(product);
  }

  @Test
  void simulatorsShareNoLineWithWhatTheySimulate() {
    noClasses()
        .that()
        .resideInAnyPackage(SIMULATORS)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(concat(BOX, CENTRAL))
        .check(product);
    noClasses()
        .that()
        .resideInAnyPackage("..carrier..", "..rehearsal..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(SHARED)
        .check(product);
    // Simulated boxes speak the wire's language, which is what both sides agree on.
    noClasses()
        .that()
        .resideInAPackage("..boxes..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("..store..", "..audit..", "..ledger..", "..tariffs..", "..web..")
        .check(product);
  }

  @Test
  void adaptersNeverSeeEachOther() {
    String[] adapters = {"..telephony..", "..speech..", "..uplink.."};
    for (String adapter : adapters) {
      for (String other : adapters) {
        if (!adapter.equals(other)) {
          noClasses()
              .that()
              .resideInAPackage(adapter)
              .should()
              .dependOnClassesThat()
              .resideInAPackage(other)
              .check(product);
        }
      }
    }
  }

  @Test
  void onlyTheProgramsSeeEverything() {
    noClasses()
        .that()
        .resideOutsideOfPackage("..appliance..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("..appliance..")
        .check(product);
    noClasses()
        .that()
        .resideOutsideOfPackage("..licensing..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("..licensing..")
        .check(product);
  }

  @Test
  void modulesAreFreeOfCycles() {
    slices().matching("kz.qonyrau.(*)..").should().beFreeOfCycles().check(product);
  }

  @Test
  void librariesStayBehindTheirFences() {
    fence("kz.qonyrau.store..", "org.apache.derby..", "org.flywaydb..", "com.zaxxer..");
    fence("kz.qonyrau.telephony.asterisk..", "org.asteriskjava..");
    fence("kz.qonyrau.speech.vosk.worker..", "org.vosk..", "com.sun.jna..");
    fence("kz.qonyrau.speech.piper.worker..", "ai.onnxruntime..");
    fence("kz.qonyrau.licensing..", "org.apache.activemq..", "org.apache.artemis..");
    fence("kz.qonyrau.recordings..", "com.google.crypto.tink..");
    fence("kz.qonyrau.web..", "com.password4j..");
    fence("kz.qonyrau.console..", "org.dhatim..");
  }

  @Test
  void whoOwnsNoTableSeesNoSql() {
    noClasses()
        .that()
        .resideInAnyPackage(
            "..vocabulary..",
            "..tariffs..",
            "..wire..",
            "..web..",
            "..telephony.asterisk..",
            "..speech..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("java.sql..", "javax.sql..", "org.jdbi..")
        .check(product);
  }

  @Test
  void timeComesFromAClockThatIsHandedIn() {
    noClasses()
        .that()
        .resideOutsideOfPackages(PROGRAMS)
        .should()
        .callMethodWhere(
            describe(
                "asks the machine for the time of day",
                (JavaCall<?> call) -> {
                  JavaClass owner = call.getTargetOwner();
                  String name = call.getTarget().getName();
                  boolean noArguments = call.getTarget().getRawParameterTypes().isEmpty();
                  return (name.equals("now")
                          && noArguments
                          && owner.getPackageName().equals("java.time"))
                      || (owner.isEquivalentTo(Clock.class) && name.startsWith("system"))
                      || (owner.isEquivalentTo(System.class) && name.equals("currentTimeMillis"));
                }))
        .check(product);
  }

  @Test
  void nobodySleepsOrPrints() {
    noClasses().should().callMethod(Thread.class, "sleep", long.class).check(product);
    noClasses()
        .that()
        // A worker's standard error is read by the box, line by line.
        .resideOutsideOfPackages(
            concat(PROGRAMS, new String[] {"..vosk.worker..", "..piper.worker.."}))
        .should()
        .accessTargetWhere(
            describe(
                "prints to the console",
                (JavaAccess<?> access) ->
                    access.getTargetOwner().isEquivalentTo(System.class)
                        && Set.of("out", "err").contains(access.getTarget().getName())))
        .check(product);
  }

  @Test
  void namesSayTheFieldsWord() {
    noClasses()
        .should()
        .haveNameMatching(
            ".*(Util|Utils|Helper|Helpers|Impl|Manager|Data|Info|Dto|Entity|Bean)(\\$.*)?")
        .check(product);
    classes().should().resideInAPackage("kz.qonyrau..").check(product);
  }

  private static void fence(String inside, String... libraries) {
    noClasses()
        .that()
        .resideInAPackage("kz.qonyrau..")
        .and()
        .resideOutsideOfPackage(inside)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(libraries)
        .because("a library that may be replaced is seen by one package: " + inside)
        .check(product);
  }

  private static String[] concat(String[] first, String[] second) {
    String[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }
}
