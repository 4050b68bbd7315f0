package io.monitoringstack.dooraysimulator;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;

@AnalyzeClasses(packagesOf = DooraySimulatorApplication.class, importOptions = DoNotIncludeTests.class)
class ArchitectureTests {

	private static final String BASE = "io.monitoringstack.dooraysimulator";

	@ArchTest
	final ArchRule packagesHaveNoCycles = SlicesRuleDefinition.slices()
		.matching(BASE + ".(*)..")
		.should()
		.beFreeOfCycles();

	@ArchTest
	final ArchRule edgesDoNotKnowEachOther = SlicesRuleDefinition.slices()
		.matching(BASE + ".(hook|api|page)..")
		.should()
		.notDependOnEachOther();

	@ArchTest
	final ArchRule theCoreKnowsNoInputAndOutput = ArchRuleDefinition.noClasses()
		.that()
		.resideInAnyPackage(BASE + ".message..", BASE + ".behaviour..")
		.should()
		.dependOnClassesThat()
		.resideInAnyPackage("org.springframework..", "jakarta..", "org.apache..", "io.micrometer..", "java.io..",
				"java.net..", "java.nio.channels..", "java.nio.file..");

	@ArchTest
	final ArchRule theCoreKnowsNoEdge = ArchRuleDefinition.noClasses()
		.that()
		.resideInAnyPackage(BASE + ".message..", BASE + ".behaviour..")
		.should()
		.dependOnClassesThat()
		.resideInAnyPackage(BASE + ".hook..", BASE + ".api..", BASE + ".page..", BASE + ".settings..");

}
