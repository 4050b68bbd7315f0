package io.monitoringstack.doorayadapter.dooray;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Certificate authorities that are trusted besides those of the JDK: a company's own,
 * whose proxy looks into what leaves the network.
 */
final class ExtraCa {

	private static final Logger logger = LoggerFactory.getLogger(ExtraCa.class);

	private ExtraCa() {
	}

	/**
	 * Reads the file.
	 * @param file certificates in PEM, {@code null} when there are none
	 * @return what trusts them and what the JDK trusts; nothing when the file is not set
	 * or empty
	 * @throws InvalidCaException if the file cannot be used
	 */
	static Optional<SSLContext> of(@Nullable Path file) {
		List<X509Certificate> extra = (file != null) ? read(file) : List.of();
		if (extra.isEmpty()) {
			return Optional.empty();
		}
		try {
			KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
			trusted.load(null, null);
			List<X509Certificate> all = new ArrayList<>(extra);
			all.addAll(ofTheJdk());
			for (int i = 0; i < all.size(); i++) {
				trusted.setCertificateEntry(String.valueOf(i), all.get(i));
			}
			SSLContext context = SSLContext.getInstance("TLS");
			context.init(null, factory(trusted).getTrustManagers(), null);
			logger.info("Certificate authorities trusted besides the JDK's: {}",
					extra.stream().map((certificate) -> certificate.getSubjectX500Principal().getName()).toList());
			return Optional.of(context);
		}
		catch (GeneralSecurityException | IOException ex) {
			throw new InvalidCaException("The certificates of DOORAY_CA_FILE cannot be used.");
		}
	}

	private static List<X509Certificate> ofTheJdk() throws GeneralSecurityException {
		return Stream.of(factory(null).getTrustManagers())
			.filter(X509TrustManager.class::isInstance)
			.flatMap((manager) -> Stream.of(((X509TrustManager) manager).getAcceptedIssuers()))
			.toList();
	}

	private static TrustManagerFactory factory(@Nullable KeyStore trusted) throws GeneralSecurityException {
		TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
		factory.init(trusted);
		return factory;
	}

	private static List<X509Certificate> read(Path file) {
		byte[] bytes;
		try {
			bytes = Files.readAllBytes(file);
		}
		catch (IOException ex) {
			throw new InvalidCaException("DOORAY_CA_FILE names a file that cannot be read.");
		}
		if (new String(bytes, StandardCharsets.ISO_8859_1).isBlank()) {
			return List.of();
		}
		try {
			Collection<? extends Certificate> certificates = CertificateFactory.getInstance("X.509")
				.generateCertificates(new ByteArrayInputStream(bytes));
			if (!certificates.isEmpty()) {
				return certificates.stream().map(X509Certificate.class::cast).toList();
			}
		}
		catch (CertificateException ex) {
			// Not as cause: whoever puts a key there must not find it in a log.
		}
		throw new InvalidCaException(
				"DOORAY_CA_FILE holds no certificate in PEM, which begins with -----BEGIN CERTIFICATE-----.");
	}

}
