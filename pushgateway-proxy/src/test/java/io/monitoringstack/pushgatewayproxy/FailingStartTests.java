package io.monitoringstack.pushgatewayproxy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

@ExtendWith(OutputCaptureExtension.class)
class FailingStartTests {

	@ParameterizedTest
	@CsvSource({ "push.limits-file,PUSH_LIMITS_FILE,ci-* serie=5,\"\"serie\"\" is no limit",
			"push.tokens-file,PUSH_TOKENS_FILE,ci s3cret jobs=*,is no hash" })
	void aBadFileEndsTheStartWithASentenceInsteadOfAStackTrace(String property, String variable, String line,
			String fault, @TempDir Path folder, CapturedOutput output) throws IOException {
		Path file = Files.writeString(folder.resolve("file"), "# mine\n" + line + "\n");
		SpringApplication application = new SpringApplication(PushgatewayProxyApplication.class);
		assertThatException().isThrownBy(() -> application.run("--" + property + "=" + file, "--server.port=0",
				"--management.server.port=0", "--pushgateway.url=http://localhost:1"));
		String said = output.getAll().substring(output.getAll().indexOf("APPLICATION FAILED TO START"));
		assertThat(said).contains(variable + " (" + file + "), line 2: ", fault.replace("\"\"", "\""))
			.doesNotContain("\tat ", "s3cret");
	}

}
