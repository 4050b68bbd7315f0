package io.monitoringstack.pushgatewayproxy;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;

import org.springframework.web.server.ServerWebExchange;

@AnalyzeClasses(packagesOf = PushgatewayProxyApplication.class, importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTests {

	private static final String BASE = "io.monitoringstack.pushgatewayproxy.";

	@ArchTest
	final ArchRule packagesHaveNoCycles = SlicesRuleDefinition.slices()
		.matching(BASE + "(*)..")
		.should()
		.beFreeOfCycles();

	@ArchTest
	final ArchRule edgesDoNotKnowEachOther = SlicesRuleDefinition.slices()
		.matching(BASE + "(push|page|upstream|server)..")
		.should()
		.notDependOnEachOther();

	@ArchTest
	final ArchRule onlyTheRouteTableKnowsAllEdges = ArchRuleDefinition.noClasses()
		.that()
		.resideOutsideOfPackage(BASE + "route")
		.should()
		.dependOnClassesThat()
		.resideInAPackage(BASE + "route");

	@ArchTest
	final ArchRule theCoreKnowsNoInputAndOutput = ArchRuleDefinition.noClasses()
		.that()
		.resideInAnyPackage(BASE + "refusal", BASE + "grouping", BASE + "exposition", BASE + "encoding", BASE + "index")
		.should()
		.dependOnClassesThat()
		.resideInAnyPackage("org.springframework..", "reactor..", "io.netty..", "java.net..", "java.nio.file..",
				"java.nio.channels..");

	@ArchTest
	final ArchRule theGatesKnowOnlyReactor = ArchRuleDefinition.noClasses()
		.that()
		.resideInAnyPackage(BASE + "ghost", BASE + "edge")
		.should()
		.dependOnClassesThat()
		.resideInAnyPackage("org.springframework..", "reactor.netty..", "io.netty..");

	@ArchTest
	final ArchRule bodiesAreNotReadAsForms = ArchRuleDefinition.noClasses()
		.should()
		.callMethod(ServerWebExchange.class, "getFormData");

}
