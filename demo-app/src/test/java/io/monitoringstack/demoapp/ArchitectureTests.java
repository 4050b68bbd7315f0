package io.monitoringstack.demoapp;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import org.junit.jupiter.api.Test;

/**
 * Memos and chaos are the core; everything that touches the outside is an edge around
 * them and knows no other edge.
 */
class ArchitectureTests {

	private static final String BASE = "io.monitoringstack.demoapp";

	private static final List<String> EDGES = Stream
		.of("memo.web", "memo.jdbc", "memo.cache", "memo.neighbour", "chaos.web", "chaos.effect", "health", "metrics",
				"load", "web")
		.map((name) -> BASE + "." + name)
		.toList();

	private static final String[] IO = { "java.net..", "java.nio..", "java.sql..", "javax.sql..", "jakarta.servlet..",
			"org.springframework.web..", "org.springframework.jdbc..", "org.springframework.cache..",
			"org.springframework.http..", "io.micrometer.." };

	private static final JavaClasses classes = new ClassFileImporter()
		.withImportOption(new ImportOption.DoNotIncludeTests())
		.importPackages(BASE);

	@Test
	void packagesHaveNoCycles() {
		SlicesRuleDefinition.slices().matching(BASE + ".(**)").should().beFreeOfCycles().check(classes);
	}

	@Test
	void theCoreKnowsNeitherEdgesNorIo() {
		String[] forbidden = Stream.concat(EDGES.stream(), Arrays.stream(IO)).toArray(String[]::new);
		ArchRuleDefinition.noClasses()
			.that()
			.resideInAnyPackage(BASE + ".memo", BASE + ".chaos", BASE + ".bounded")
			.should()
			.dependOnClassesThat()
			.resideInAnyPackage(forbidden)
			.check(classes);
	}

	@Test
	void edgesDoNotKnowEachOther() {
		SlicesRuleDefinition.slices()
			.matching(BASE + ".(**)")
			.that(DescribedPredicate.describe("are edges",
					(slice) -> EDGES.contains(BASE + "." + slice.getNamePart(1))))
			.should()
			.notDependOnEachOther()
			.check(classes);
	}

	@Test
	void edgesAreClosed() {
		ArchRuleDefinition.classes()
			.that()
			.resideInAnyPackage(EDGES.toArray(String[]::new))
			.and()
			.areTopLevelClasses()
			.should()
			.notBePublic()
			.check(classes);
	}

}
