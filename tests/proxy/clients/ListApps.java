import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;

/** Lists apps with Java's own client. */
public class ListApps {
    public static void main(String[] args) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("https://api.appstoreconnect.apple.com/v1/apps"))
            .header("Authorization", "Bearer " + System.getenv("TOKEN")).build();
        var answer = HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
        System.out.println(answer.statusCode() + " " + answer.body().length());
    }
}
