package server

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"path"
	"strings"
	"time"

	"github.com/minio/minio-go/v7"
	"github.com/minio/minio-go/v7/pkg/credentials"

	"zhibu/storage/record"
)

// bucket is a blobStore in any store that speaks S3. The address is
// s3://BUCKET/PREFIX?endpoint=https://HOST:PORT&region=REGION&uploads=FOLDER;
// keys come from AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, MINIO_ACCESS_KEY
// and MINIO_SECRET_KEY, or the file named by AWS_SHARED_CREDENTIALS_FILE.
// Uploads under way lie in FOLDER until they are whole.
type bucket struct {
	client *minio.Client
	name   string
	prefix string
}

// s3Wait bounds one question to the store when it is opened.
const s3Wait = 20 * time.Second

func openS3(address string) (blobStore, string, error) {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" {
		return nil, "", record.Refuse("S3_ADDRESS", "附件地址看不懂。请写成 s3://桶名?endpoint=https://主机:端口&uploads=目录。")
	}
	if u.User != nil {
		return nil, "", record.Refuse("S3_KEY_SHOWN", "密钥不能写在地址里，别的程序会看到。请用环境变量 AWS_ACCESS_KEY_ID、AWS_SECRET_ACCESS_KEY，或 AWS_SHARED_CREDENTIALS_FILE 指的文件。")
	}
	q := u.Query()
	end, err := url.Parse(q.Get("endpoint"))
	uploads := q.Get("uploads")
	if err != nil || end.Host == "" || end.Scheme != "https" && end.Scheme != "http" || uploads == "" {
		return nil, "", record.Refuse("S3_ADDRESS", "附件地址不完整。请写明 endpoint=https://主机:端口 和 uploads=存放未传完附件的目录。")
	}
	client, err := minio.New(end.Host, &minio.Options{Secure: end.Scheme == "https", Region: q.Get("region"),
		Creds: credentials.NewChainCredentials([]credentials.Provider{&credentials.EnvAWS{}, &credentials.EnvMinio{}, &credentials.FileAWSCredentials{}})})
	if err != nil {
		return nil, "", record.Wrap(err, "S3_ADDRESS", "附件地址的 endpoint 不对。请写成 https://主机:端口。")
	}
	b := bucket{client: client, name: u.Host, prefix: strings.Trim(u.Path, "/")}
	ctx, cancel := context.WithTimeout(context.Background(), s3Wait)
	defer cancel()
	if there, err := client.BucketExists(ctx, b.name); err != nil || !there {
		return nil, "", record.Wrap(fmt.Errorf("bucket %s: %w", b.name, errors.Join(err, errNoBucket)), "S3_UNUSABLE",
			"连不上附件存储，或没有桶“"+b.name+"”。请检查地址、密钥（环境变量或文件）和桶名。")
	}
	return b, uploads, nil
}

var errNoBucket = errors.New("not found with these keys")

func (b bucket) key(sha string) string { return path.Join(b.prefix, sha[:2], sha) }

func (b bucket) put(ctx context.Context, sha, path string) error {
	_, err := b.client.FPutObject(ctx, b.name, b.key(sha), path, minio.PutObjectOptions{ContentType: "application/octet-stream", DisableMultipart: true})
	if err != nil {
		return fmt.Errorf("attachment: %w", err)
	}
	return remove(path)
}

func (b bucket) open(ctx context.Context, sha string) (io.ReadSeekCloser, error) {
	object, err := b.client.GetObject(ctx, b.name, b.key(sha), minio.GetObjectOptions{})
	if err == nil {
		_, err = object.Stat()
	}
	if minio.ToErrorResponse(err).StatusCode == http.StatusNotFound {
		return nil, record.Wrap(err, errNoBlob.Code, errNoBlob.Say)
	}
	if err != nil {
		return nil, fmt.Errorf("attachment: %w", err)
	}
	return object, nil
}

func (b bucket) drop(ctx context.Context, sha string) error {
	if err := b.client.RemoveObject(ctx, b.name, b.key(sha), minio.RemoveObjectOptions{}); err != nil {
		return fmt.Errorf("attachment: %w", err)
	}
	return nil
}

func (b bucket) each(ctx context.Context, visit func(string, time.Time) error) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel() // ends the listing when visit fails
	for object := range b.client.ListObjects(ctx, b.name, minio.ListObjectsOptions{Prefix: b.prefix, Recursive: true}) {
		if object.Err != nil {
			return fmt.Errorf("attachments: %w", object.Err)
		}
		if sha := path.Base(object.Key); blobName.MatchString(sha) && b.key(sha) == object.Key {
			if err := visit(sha, object.LastModified); err != nil {
				return err
			}
		}
	}
	return ctx.Err()
}
