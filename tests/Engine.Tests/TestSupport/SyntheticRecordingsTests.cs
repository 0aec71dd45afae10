using Lob.Fast.TestSupport;

namespace Lob.Fast.Engine.Tests.TestSupport;

public sealed class SyntheticRecordingsTests
{
    private const string Generator = "tests/data/synthetic/make_synthetic.py";

    public static TheoryData<string> Names => [.. SyntheticRecordings.Names];

    [Theory]
    [MemberData(nameof(Names))]
    public void Each_is_present_and_its_final_books_have_the_fingerprints_that_are_written_down(string name)
    {
        ExpectedRecording expected = SyntheticRecordings.Of(name);

        Assert.StartsWith(Recordings.Bundled!, SyntheticRecordings.PathOf(name), StringComparison.Ordinal);
        Assert.NotEmpty(expected.Books);
        foreach ((string book, ExpectedBook found) in expected.Books)
        {
            (IReadOnlyList<string> bids, IReadOnlyList<string> asks) = SyntheticRecordings.FinalBook(name, book);
            Assert.Equal(found.Fingerprint, SyntheticRecordings.Fingerprint(bids, asks));
        }
    }

    [Fact]
    public void A_fingerprint_is_the_usual_crc() => Assert.Equal(0xEEA1D094u, SyntheticRecordings.Fingerprint(["1:2"], ["3:4"]));

    [PythonFact]
    public void The_files_are_what_their_generator_makes() => Assert.Equal("", PythonScript.Run(Generator, ["--check"]).Succeeded());
}
