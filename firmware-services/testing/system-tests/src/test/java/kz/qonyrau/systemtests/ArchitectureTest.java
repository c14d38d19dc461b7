package kz.qonyrau.systemtests;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
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
import kz.qonyrau.fleet.NumberPool;
import kz.qonyrau.fleet.PoolNumber;
import kz.qonyrau.store.Outbox;
import kz.qonyrau.vocabulary.Msisdn;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
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

  /// Central sees a subscriber's number where somebody complains or asks who called him, and
  /// nowhere else; the other numbers that it knows are the provider's own. Nobody there can gather
  /// numbers over customers who never needed one.
  @Test
  @Tag("SH-RET-05")
  void subscribersNumbersStayWithTheirCasesAtCentral() {
    noClasses()
        .that()
        .resideInAnyPackage(CENTRAL)
        .and()
        .resideOutsideOfPackage("..cases..")
        .and(not(belongToAnyOf(NumberPool.class, PoolNumber.class)))
        .and()
        .doNotHaveSimpleName("NumberTable")
        // Whose box had a number of the pool when a complaint says that it was shown.
        .and()
        .doNotHaveSimpleName("BoxesOfFleet")
        .and()
        .doNotHaveSimpleName("CustomersOfFleet")
        .and()
        .haveNameNotMatching(".*Routes(\\$.*)?")
        .should()
        .dependOnClassesThat()
        .areAssignableTo(Msisdn.class)
        .check(product);
    noClasses()
        .that()
        .resideInAPackage("..office..")
        .and()
        .haveNameNotMatching(".*\\.(NumberRoutes|ComplaintRoutes|AskRoutes)(\\$.*)?")
        .should()
        .dependOnClassesThat()
        .areAssignableTo(Msisdn.class)
        .check(product);
  }

  /// Nothing that a box says to central is made where sound and what was said are kept: there is no
  /// way by which a recording could improve anything elsewhere.
  @Test
  @Tag("SH-RET-08")
  void whoSpeaksToCentralHearsNoRecording() {
    noClasses()
        .that(
            describe(
                "put messages for central into the outbox",
                (JavaClass one) ->
                    one.getDirectDependenciesFromSelf().stream()
                        .anyMatch(what -> what.getTargetClass().isEquivalentTo(Outbox.class))))
        .and()
        .resideOutsideOfPackage("..appliance..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("..recordings..", "..insight..", "..speech..")
        .check(product);
    noClasses()
        .that()
        .resideInAnyPackage("..uplink..", "..wire..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("..recordings..", "..insight..", "..speech..", "..calls..")
        .check(product);
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
