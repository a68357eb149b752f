package io.phaseledger.database;

import io.agroal.api.AgroalDataSource;
import io.agroal.api.configuration.AgroalConnectionFactoryConfiguration;
import io.agroal.api.security.SimplePassword;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/** Connections beside the pool, made as the pool makes its own, for who keeps one to itself. */
@ApplicationScoped
public class DirectConnections {

    private final AgroalDataSource pool;

    DirectConnections(AgroalDataSource pool) {
        this.pool = pool;
    }

    /**
     * Where they come from.
     *
     * @param purpose which the server shows in {@code application_name}, after the name that those of the pool have
     * @param timeout until one is made, and until it is answered; counted in whole seconds, at least one
     */
    public DataSource source(String purpose, Duration timeout) throws SQLException {
        AgroalConnectionFactoryConfiguration factory =
                pool.getConfiguration().connectionPoolConfiguration().connectionFactoryConfiguration();
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(factory.jdbcUrl());
        Properties properties = properties(factory);
        for (String name : properties.stringPropertyNames()) {
            source.setProperty(name, properties.getProperty(name));
        }
        source.setApplicationName(source.getApplicationName() + "-" + purpose);
        int seconds = (int) Math.max(1, timeout.toSeconds());
        source.setConnectTimeout(seconds);
        source.setSocketTimeout(seconds);
        // The bounds above are enough, and this one costs a thread for each connection that is made.
        source.setLoginTimeout(0);
        return source;
    }

    private static Properties properties(AgroalConnectionFactoryConfiguration factory) {
        Properties properties = new Properties();
        properties.putAll(factory.jdbcProperties());
        if (factory.principal() != null) {
            properties.put("user", factory.principal().getName());
        }
        for (Object credential : factory.credentials()) {
            if (credential instanceof SimplePassword password) {
                properties.putAll(password.asProperties());
            }
        }
        return properties;
    }
}
