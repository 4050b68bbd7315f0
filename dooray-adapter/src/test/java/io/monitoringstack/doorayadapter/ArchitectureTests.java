package io.monitoringstack.doorayadapter;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;

/**
 * Data flows one way: webhook, delivery, dooray; the pure packages know nothing of them.
 */
@AnalyzeClasses(packages = "io.monitoringstack.doorayadapter", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTests {

	@ArchTest
	final ArchRule packagesHaveNoCycles = SlicesRuleDefinition.slices()
		.matching("io.monitoringstack.doorayadapter.(*)..")
		.should()
		.beFreeOfCycles();

	@ArchTest
	final ArchRule theWayInDoesNotKnowTheWayOut = ArchRuleDefinition.noClasses()
		.that()
		.resideInAPackage("..doorayadapter.webhook..")
		.should()
		.dependOnClassesThat()
		.resideInAPackage("..doorayadapter.dooray..");

	@ArchTest
	final ArchRule theWayOutDoesNotKnowTheWayIn = ArchRuleDefinition.noClasses()
		.that()
		.resideInAPackage("..doorayadapter.dooray..")
		.should()
		.dependOnClassesThat()
		.resideInAPackage("..doorayadapter.webhook..");

	@ArchTest
	final ArchRule thePureCoreKnowsTheJdkOnly = ArchRuleDefinition.classes()
		.that()
		.resideInAnyPackage("..doorayadapter.alert..", "..doorayadapter.message..", "..doorayadapter.routing..")
		.should()
		.onlyDependOnClassesThat()
		.resideInAnyPackage("java.lang..", "java.util..", "java.time..", "java.net", "java.nio.charset",
				"java.security", "org.jspecify..", "..doorayadapter.alert..", "..doorayadapter.message..",
				"..doorayadapter.routing..");

	@ArchTest
	final ArchRule theCoreOpensNothing = ArchRuleDefinition.noClasses()
		.that()
		.resideInAnyPackage("..doorayadapter.alert..", "..doorayadapter.message..", "..doorayadapter.routing..",
				"..doorayadapter.delivery..")
		.should()
		.dependOnClassesThat()
		.resideInAnyPackage("java.io..", "java.nio.file..", "java.net.http..", "jakarta.servlet..", "tools.jackson..",
				"io.opentelemetry..");

}
