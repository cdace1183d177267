using System.Numerics;
using System.Text;
using ImageCmdlets.Sandbox.Identity;

namespace ImageCmdlets.Sandbox.SshPublicKeys;

/// <summary>
/// An RSA key pair of 3072 bits, as the service makes it. It is a working one, but its primes follow from the sandbox's seed:
/// nobody must use it outside.
/// </summary>
/// <param name="PublicKey">One line: <c>ssh-rsa</c>, base64, comment.</param>
/// <param name="PrivateKey">PKCS#1 in PEM.</param>
internal sealed record SshKeyPair(string PublicKey, string PrivateKey)
{
    private const int Bits = 3072;
    private const int Rounds = 8;

    private static readonly BigInteger s_exponent = 65537;
    private static readonly int[] s_smallPrimes = [.. Enumerable.Range(3, 2000).Where(static n => n % 2 == 1 &&
        Enumerable.Range(2, n).TakeWhile(d => d * d <= n).All(d => n % d != 0))];

    /// <summary>Never shows the private key.</summary>
    public override string ToString() => PublicKey;

    /// <summary>Makes the pair of a purpose.</summary>
    public static SshKeyPair Generate(SeededIds ids, string purpose)
    {
        BigInteger p = Prime(ids, $"{purpose}|p"), q = Prime(ids, $"{purpose}|q");
        if (p < q) (p, q) = (q, p);
        BigInteger modulus = p * q;
        BigInteger secret = Inverse(s_exponent, (p - 1) * (q - 1));
        byte[] key = DerWriter.Sequence(
            0, modulus, s_exponent, secret, p, q, secret % (p - 1), secret % (q - 1), Inverse(q, p));
        return new SshKeyPair(SshKeyFormat.Line(s_exponent, modulus), Pem(key));
    }

    private static BigInteger Prime(SeededIds ids, string purpose)
    {
        BigInteger candidate = BigEndian.Read(ids.Derive(purpose, Bits / 16));
        // The two highest bits are set so that the product has all its bits; the lowest one makes the number odd.
        candidate |= (BigInteger.One << ((Bits / 2) - 1)) | (BigInteger.One << ((Bits / 2) - 2)) | 1;
        while (!IsPrime(candidate) || BigInteger.GreatestCommonDivisor(candidate - 1, s_exponent) != 1) candidate += 2;
        return candidate;
    }

    // Miller and Rabin; with candidates that nobody chose to deceive, few rounds do.
    private static bool IsPrime(BigInteger n)
    {
        if (s_smallPrimes.Any(prime => n % prime == 0)) return false;
        BigInteger odd = n - 1;
        int twos = 0;
        for (; odd.IsEven; twos++) odd >>= 1;
        return s_smallPrimes.Take(Rounds).All(witness => Passes(n, BigInteger.ModPow(witness, odd, n), twos));
    }

    private static bool Passes(BigInteger n, BigInteger x, int twos)
    {
        if (x.IsOne || x == n - 1) return true;
        for (int i = 1; i < twos; i++)
        {
            x = BigInteger.ModPow(x, 2, n);
            if (x == n - 1) return true;
        }

        return false;
    }

    private static BigInteger Inverse(BigInteger value, BigInteger modulus)
    {
        BigInteger a = value % modulus, b = modulus, x = 1, y = 0;
        while (!b.IsZero)
        {
            BigInteger quotient = BigInteger.Divide(a, b);
            (a, b) = (b, a - (quotient * b));
            (x, y) = (y, x - (quotient * y));
        }

        return x.Sign < 0 ? x + modulus : x;
    }

    private static string Pem(byte[] key)
    {
        string base64 = Convert.ToBase64String(key);
        var text = new StringBuilder("-----BEGIN RSA PRIVATE KEY-----\r\n");
        for (int i = 0; i < base64.Length; i += 64) text.Append(base64, i, Math.Min(64, base64.Length - i)).Append("\r\n");
        return text.Append("-----END RSA PRIVATE KEY-----\r\n").ToString();
    }
}
